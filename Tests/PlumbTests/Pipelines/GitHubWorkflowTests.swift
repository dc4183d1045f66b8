import Foundation
import Testing
import YAML

/// `examples/ci/github`: what a workflow may do, with whose code, and what it is told.
@Suite struct GitHubWorkflowTests {
  static let plan = "examples/ci/github/plumb-plan.yml"
  static let apply = "examples/ci/github/plumb-apply.yml"

  private func jobs(_ file: ExampleFile) throws -> [Node.Entry] {
    try #require(file.root["jobs"]?.entries)
  }

  private func steps(_ file: ExampleFile) throws -> [Node] {
    try jobs(file).flatMap { try #require($0.value["steps"]?.items) }
  }

  @Test("there are no other workflows than these")
  func all() throws {
    let folder = ExampleFile.repository.appendingPathComponent("examples/ci/github").path
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        == ["plumb-apply.yml", "plumb-plan.yml"])
  }

  @Test("pull requests start the plan; merges, the night and people start apply")
  func triggers() throws {
    let plan = try ExampleFile(Self.plan).root
    #expect(plan["on"]?.entries?.map(\.name) == ["pull_request"])
    let apply = try ExampleFile(Self.apply).root
    #expect(apply["on"]?.entries?.map(\.name) == ["push", "schedule", "workflow_dispatch"])
    #expect(apply["on"]?["push"]?["branches"]?.items?.map(\.scalar) == ["main"])
    let cron = apply["on"]?["schedule"]?[0]?["cron"]?.scalar
    #expect(cron?.wholeMatch(of: /\d+ \d+ \* \* \*/) != nil)
    #expect(
      try jobs(ExampleFile(Self.apply)).allSatisfy { job in
        job.value["if"]?.scalar == "${{ github.ref == 'refs/heads/main' }}"
      })
  }

  @Test("each job has the permissions that it needs and no others")
  func permissions() throws {
    let expected: [String: [String: [String: String]]] = [
      Self.plan: [
        "plan": ["contents": "read"],
        "report": ["pull-requests": "write", "security-events": "write"],
      ],
      Self.apply: ["apply": ["contents": "write"]],
    ]
    for (path, jobs) in expected {
      let file = try ExampleFile(path)
      // Nothing by default, so that a job that is added gets nothing.
      #expect(file.root["permissions"]?.entries?.isEmpty == true)
      let found = try self.jobs(file).map { job in
        (job.name, try #require(job.value["permissions"]).texts)
      }
      #expect(Dictionary(uniqueKeysWithValues: found) == jobs)
    }
  }

  @Test("a pull request's workflow knows no secret, and a fork's writes nothing")
  func forks() throws {
    let file = try ExampleFile(Self.plan)
    #expect(!file.text.contains("secrets."))
    for job in try jobs(file) {
      #expect(job.value["environment"] == nil)
      let writes = try #require(job.value["permissions"]).texts.values.contains("write")
      let condition = job.value["if"]?.scalar ?? ""
      #expect(
        writes
          == condition.contains(
            "github.event.pull_request.head.repo.full_name == github.repository"), "\(job.name)")
      // What writes reads nothing of the pull request but the reports.
      let reads = try #require(job.value["steps"]?.items).contains {
        $0["uses"]?.scalar?.hasPrefix("actions/checkout@") == true
      }
      #expect(writes != reads, "\(job.name)")
    }
  }

  @Test("secrets are told to one step of a job with a protected environment")
  func secrets() throws {
    let file = try ExampleFile(Self.apply)
    for job in try jobs(file) {
      #expect(job.value["environment"]?.scalar == "plumb")
      #expect(job.value["env"] == nil)
    }
    #expect(file.root["env"] == nil)
    let told = try steps(file).filter { $0["env"] != nil }
    #expect(told.compactMap { $0["run"]?.scalar?.prefix(19) } == ["plumb apply --push "])
    let secrets = try #require(told.first?["env"]).texts.values.filter { $0.contains("secrets.") }
    #expect(secrets.count == file.text.ranges(of: "secrets.").count)
  }

  @Test("actions are pinned by commit, with their version beside it", arguments: [plan, apply])
  func pins(path: String) throws {
    let file = try ExampleFile(path)
    let uses = file.text.split(separator: "\n").filter { $0.contains("uses:") }
    #expect(try steps(file).count { $0["uses"] != nil } == uses.count)
    for line in uses {
      #expect(
        line.firstMatch(of: /uses: [\w.-]+\/[\w.\/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/) != nil,
        "\(line)")
    }
  }

  @Test("no text of a pull request becomes a command", arguments: [plan, apply])
  func injection(path: String) throws {
    let file = try ExampleFile(path)
    let commands = try steps(file).compactMap { $0["run"]?.scalar }
    #expect(!commands.isEmpty)
    for command in commands { #expect(!command.contains("${{"), "\(command)") }
    let free = [
      "github.event.pull_request.title", "github.event.pull_request.body", "github.head_ref",
      "github.event.pull_request.head.ref", "github.event.head_commit",
    ]
    for text in free { #expect(!file.text.contains(text)) }
  }

  @Test("runs do not overlap, end, and leave no token behind", arguments: [plan, apply])
  func order(path: String) throws {
    let file = try ExampleFile(path)
    let concurrency = try #require(file.root["concurrency"]).texts
    #expect(concurrency["group"]?.hasPrefix("plumb-") == true)
    #expect(concurrency["cancel-in-progress"] == (path == Self.plan ? "true" : "false"))
    for job in try jobs(file) { #expect(job.value["timeout-minutes"] != nil) }
    for step in try steps(file)
    where step["uses"]?.scalar?.hasPrefix("actions/checkout@") == true {
      #expect(step["with"]?.texts == ["fetch-depth": "0", "persist-credentials": "false"])
    }
  }

  @Test("the program understands every line", arguments: [plan, apply])
  func lines(path: String) throws {
    let lines = try steps(ExampleFile(path)).compactMap { $0["run"]?.scalar }
      .filter { $0.hasPrefix("plumb ") }
    #expect(!lines.isEmpty)
    for line in lines { try ExampleFile.checkUsage(line) }
  }
}
