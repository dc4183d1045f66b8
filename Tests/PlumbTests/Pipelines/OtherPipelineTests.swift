import Foundation
import TestSupport
import Testing
import YAML

/// `examples/ci/gitlab`
@Suite struct GitLabPipelineTests {
  private let file: ExampleFile

  init() throws { file = try ExampleFile("examples/ci/gitlab/.gitlab-ci.yml") }

  private func lines(_ job: String) throws -> [String] {
    try #require(file.root[job]?["script"]?.items).compactMap(\.scalar)
  }

  @Test("merge requests are planned, the default branch is applied, and nothing else runs")
  func jobs() throws {
    #expect(
      file.root.entries?.map(\.name) == [
        "stages", "default", "variables", "plumb-plan", "plumb-note", "plumb-apply",
      ])
    #expect(
      file.root["plumb-plan"]?["rules"]?.items?.map(\.texts) == [
        ["if": "$CI_PIPELINE_SOURCE == \"merge_request_event\""]
      ])
    #expect(
      file.root["plumb-apply"]?["rules"]?.items?.map(\.texts) == [
        [
          "if":
            "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $CI_PIPELINE_SOURCE =~ /^(push|schedule|web)$/"
        ]
      ])
  }

  @Test("only apply has the environment that holds the credentials, and one runs at a time")
  func credentials() throws {
    #expect(file.root["plumb-plan"]?["environment"] == nil)
    #expect(file.root["plumb-apply"]?["environment"]?.texts["name"] == "plumb")
    #expect(file.root["plumb-apply"]?["resource_group"]?.scalar == "plumb")
    for job in ["plumb-plan", "plumb-apply"] {
      #expect(file.root[job]?["variables"] == nil)
      #expect(file.root[job]?["timeout"] != nil)
    }
    #expect(!file.text.contains("CI_JOB_TOKEN"))
  }

  @Test(
    "the note is written also when the plan fails, by a job that fetches nothing of the merge request"
  )
  func note() throws {
    let note = try #require(file.root["plumb-note"])
    #expect(note["needs"]?.items?.map(\.scalar) == ["plumb-plan"])
    #expect(
      note["rules"]?.items?.map(\.texts) == [
        [
          "if": "$CI_PIPELINE_SOURCE == \"merge_request_event\" && $PLUMB_NOTE_TOKEN",
          "when": "always",
        ]
      ])
    #expect(note["variables"]?.texts == ["GIT_STRATEGY": "none"])
    #expect(note["environment"] == nil)
    #expect(note["timeout"] != nil)
  }

  @Test("merge requests' findings have the default branch's to be compared with")
  func junit() throws {
    for job in ["plumb-plan", "plumb-apply"] {
      let report = try #require(file.root[job]?["artifacts"]?["reports"]?["junit"]?.scalar)
      #expect(try lines(job).contains { $0.contains("--output junit=\(report)") })
      #expect(file.root[job]?["artifacts"]?["when"]?.scalar == "always")
    }
  }

  @Test("the program understands every line, and no line has a text of a merge request")
  func usage() throws {
    for job in ["plumb-plan", "plumb-apply"] {
      for line in try lines(job) {
        #expect(line.hasPrefix("plumb "))
        for text in ["TITLE", "DESCRIPTION", "COMMIT_MESSAGE", "BRANCH_NAME"] {
          #expect(!line.contains(text))
        }
        try ExampleFile.checkUsage(line)
      }
    }
  }
}

/// `.pre-commit-hooks.yaml`
@Suite struct PreCommitTests {
  private let hook: Node

  init() throws {
    let hooks = try #require(try ExampleFile(".pre-commit-hooks.yaml").root.items)
    #expect(hooks.count == 1)
    hook = try #require(hooks.first)
  }

  @Test("is a hook that pre-commit takes")
  func fields() {
    #expect(hook["id"]?.scalar == "plumb-validate")
    #expect(hook["language"]?.scalar == "system")
    #expect(hook["pass_filenames"]?.scalar == "false")
    for name in ["name", "description", "entry", "files"] {
      #expect(hook[name]?.scalar?.isEmpty == false)
    }
  }

  @Test(
    "runs for files of the desired state and no others",
    arguments: [
      ("desired-state/exceptions/okta.yaml", true), ("desired-state/a.yml", true),
      ("desired-state/README.md", false), ("docs/desired-state/a.yaml", false),
    ])
  func files(path: String, counts: Bool) throws {
    let pattern = try Regex(#require(hook["files"]?.scalar))
    #expect((path.firstMatch(of: pattern) != nil) == counts)
  }

  @Test("stops a commit with a fault, and no other")
  func entry() throws {
    let arguments = try #require(hook["entry"]?.scalar).split(separator: " ").dropFirst()
      .map(String.init)
    let company = try Company()
    #expect(try company.scratch.plumb(arguments).status == 0)
    try company.scratch.write("kind: Nothing\n", to: "repository/desired-state/new.yaml")
    #expect(try company.scratch.plumb(arguments).status == 1)
  }
}
