import Foundation
import TestSupport
import Testing
import YAML

/// The comment on a pull request of GitHub, by the script of `plumb-plan.yml`.
@Suite struct PullRequestCommentTests {
  private let script: PipelineScript

  init() throws {
    let job = try ExampleFile(GitHubWorkflowTests.plan).root["jobs"]?["report"]
    script = try PipelineScript(job?["steps"], with: "gh api")
    // As gh does: --jq is a filter of jq's, and each page goes through it.
    try script.standIn(
      for: "gh",
      """
      echo "$*" >>"$LOG"
      [ "$GH_TOKEN" = token ] || exit 4
      [ "$2" != --paginate ] || exec jq --raw-output "$5" "$SCRATCH/comments"
      """)
  }

  private func comment(_ comments: String) throws -> Run {
    try script.scratch.write(comments, to: "comments")
    return try script.run([
      "GH_TOKEN": "token", "NUMBER": "12", "GITHUB_REPOSITORY": "contoso/posture",
      "RUN": "https://github.example/run/1",
    ])
  }

  @Test("is made when there is none")
  func first() throws {
    try script.scratch.write("# Plumb: 1 new\n", to: "job/plan.md")
    #expect(try comment("[]").status == 0)
    #expect(
      script.log.last
        == "api --silent --method POST repos/contoso/posture/issues/12/comments --field body=@comment.md"
    )
    #expect(script.scratch.read("job/comment.md") == "<!-- plumb plan -->\n# Plumb: 1 new\n")
  }

  @Test("is written anew by its mark: not another workflow's, nor somebody's who wrote the mark")
  func again() throws {
    try script.scratch.write("# Plumb: 2 new\n", to: "job/plan.md")
    let comments = """
      [{"id": 1, "user": {"login": "mallory"}, "body": "<!-- plumb plan -->\\nAll is well."},
       {"id": 2, "user": {"login": "github-actions[bot]"}, "body": "Coverage: 80 %"},
       {"id": 3, "user": {"login": "github-actions[bot]"}, "body": "<!-- plumb plan -->\\nold"},
       {"id": 4, "user": {"login": "github-actions[bot]"}, "body": "Terraform: no changes"}]
      """
    #expect(try comment(comments).status == 0)
    #expect(
      script.log.last
        == "api --silent --method PATCH repos/contoso/posture/issues/comments/3 --field body=@comment.md"
    )
  }

  @Test("says so when there is no plan")
  func noPlan() throws {
    #expect(try comment("[]").status == 0)
    let text = try #require(script.scratch.read("job/comment.md"))
    #expect(text.hasPrefix("<!-- plumb plan -->\n"))
    #expect(text.contains("[the run](https://github.example/run/1)"))
  }

  @Test("fails the job when the comments cannot be read, and writes no second one")
  func unreadable() throws {
    #expect(try comment("no JSON").status != 0)
    #expect(script.log.count == 1)
  }
}

/// The note on a merge request of GitLab, by the script of `.gitlab-ci.yml`.
@Suite struct MergeRequestNoteTests {
  private let script: PipelineScript

  init() throws {
    let file = try ExampleFile("examples/ci/gitlab/.gitlab-ci.yml")
    script = try PipelineScript(file.root["plumb-note"]?["script"], with: "curl")
    try script.standIn(
      for: "curl",
      """
      echo "$*" >>"$LOG"
      grep -q 'PRIVATE-TOKEN: s3cret' "$2" || exit 22
      for url; do :; done
      case $url in
        */user) echo '{"id": 7}' ;;
        *'&page='*) cat "$SCRATCH/notes-${url##*=}" ;;
      esac
      """)
  }

  private func note() throws -> Run {
    try script.run([
      "PLUMB_NOTE_TOKEN": "s3cret", "CI_API_V4_URL": "https://gitlab.example/api/v4",
      "CI_MERGE_REQUEST_PROJECT_ID": "5", "CI_MERGE_REQUEST_IID": "12",
      "CI_PIPELINE_URL": "https://gitlab.example/pipelines/1",
    ])
  }

  private static let notes = "https://gitlab.example/api/v4/projects/5/merge_requests/12/notes"

  @Test("is made when there is none, and the token is no argument")
  func first() throws {
    try script.scratch.write("# Plumb: 1 new\n", to: "job/plan.md")
    try script.scratch.write("[]", to: "notes-1")
    #expect(try note().status == 0)
    #expect(
      script.log.last?.hasSuffix("--request POST --data-urlencode body@note.md \(Self.notes)")
        == true)
    #expect(script.scratch.read("job/note.md") == "<!-- plumb plan -->\n# Plumb: 1 new\n")
    #expect(!script.log.contains { $0.contains("s3cret") })
  }

  @Test("is written anew by its mark and its author, on whatever page it stands")
  func again() throws {
    try script.scratch.write("# Plumb: 2 new\n", to: "job/plan.md")
    let others = (1...100).map {
      #"{"id": \#($0), "author": {"id": 3}, "body": "<!-- plumb plan -->"}"#
    }
    try script.scratch.write("[\(others.joined(separator: ","))]", to: "notes-1")
    let ours = """
      [{"id": 101, "author": {"id": 7}, "body": "Approved"},
       {"id": 102, "author": {"id": 7}, "body": "<!-- plumb plan -->\\nold"}]
      """
    try script.scratch.write(ours, to: "notes-2")
    #expect(try note().status == 0)
    #expect(
      script.log.last?.hasSuffix("--request PUT --data-urlencode body@note.md \(Self.notes)/102")
        == true)
  }

  @Test("says so when there is no plan")
  func noPlan() throws {
    try script.scratch.write("[]", to: "notes-1")
    #expect(try note().status == 0)
    #expect(
      script.scratch.read("job/note.md")?.contains("(https://gitlab.example/pipelines/1)") == true)
  }
}
