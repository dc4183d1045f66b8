import Foundation
import Testing
import YAML

/// `examples/ci/github`: what a workflow may do, with whose code, and what it is told.
@Suite struct GitHubWorkflowTests {
  static let plan = "examples/ci/github/plumb-plan.yml"
  static let apply = "examples/ci/github/plumb-apply.yml"
  static let release = "examples/ci/github/release.yml"

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
        == ["action", "plumb-apply.yml", "plumb-plan.yml", "release.yml"])
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
    for job in try jobs(ExampleFile(Self.apply)) where job.value["needs"] == nil {
      #expect(job.value["if"]?.scalar == "${{ github.ref == 'refs/heads/main' }}")
    }
    let release = try ExampleFile(Self.release).root
    #expect(release["on"]?.entries?.map(\.name) == ["push"])
    #expect(release["on"]?["push"]?["tags"]?.items?.map(\.scalar) == ["v*"])
    #expect(release["on"]?["push"]?["branches"] == nil)
  }

  @Test("each job has the permissions that it needs and no others")
  func permissions() throws {
    let expected: [String: [String: [String: String]]] = [
      Self.plan: [
        "plan": ["contents": "read"],
        "report": [
          "pull-requests": "write", "security-events": "write", "actions": "read",
          "contents": "read",
        ],
      ],
      Self.apply: [
        "apply": ["contents": "write"],
        "report": ["security-events": "write", "actions": "read", "contents": "read"],
      ],
      Self.release: [
        "build": ["contents": "read"], "try": ["contents": "read"],
        "publish": ["contents": "write", "id-token": "write", "attestations": "write"],
        "image": [
          "contents": "read", "packages": "write", "id-token": "write", "attestations": "write",
        ],
      ],
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
      #expect((job.value["environment"]?.scalar == "plumb") == (job.name == "apply"))
      #expect(job.value["env"] == nil)
    }
    #expect(file.root["env"] == nil)
    let told = try steps(file).filter { $0["env"] != nil }
    #expect(told.compactMap { $0["run"]?.scalar?.prefix(19) } == ["plumb apply --push "])
    let secrets = try #require(told.first?["env"]).texts.values.filter { $0.contains("secrets.") }
    #expect(secrets.count == file.text.ranges(of: "secrets.").count)
  }

  @Test(
    "each job that reports runs when the one before it fails, and knows whether it wrote something")
  func reports() throws {
    for (path, upload) in [(Self.plan, "plan"), (Self.apply, "findings")] {
      let file = try ExampleFile(path)
      let jobs = try jobs(file)
      let first = try #require(jobs.first)
      let report = try #require(jobs.first { $0.name == "report" }?.value)
      #expect(report["needs"]?.scalar == first.name)
      #expect(report["if"]?.scalar?.contains("!cancelled()") == true)
      let output = try #require(first.value["outputs"]?[upload]?.scalar)
      let id = try #require(output.firstMatch(of: /steps\.(\w+)\.outputs\.artifact-id/)).1
      let step = try #require(first.value["steps"]?.items?.first { $0["id"]?.scalar == String(id) })
      #expect(step["if"]?.scalar?.contains("!cancelled()") == true)
      let needed = "needs.\(first.name).outputs.\(upload) != ''"
      for step in report["steps"]?.items ?? [] where step["uses"] != nil {
        let conditions = [report["if"], step["if"]].compactMap { $0?.scalar }.joined()
        #expect(conditions.contains(needed), "\(path)")
      }
    }
  }

  @Test("code scanning is asked for only where it is to be had, of pull requests and of main alike")
  func codeScanning() throws {
    for path in [Self.plan, Self.apply] {
      let file = try ExampleFile(path)
      let report = try #require(try jobs(file).first { $0.name == "report" }?.value)
      let uploads = (report["steps"]?.items ?? []).filter {
        $0["uses"]?.scalar?.contains("/upload-sarif@") == true
      }
      let upload = try #require(uploads.first)
      #expect(uploads.count == 1)
      let conditions = [report["if"], upload["if"]].compactMap { $0?.scalar }.joined()
      #expect(conditions.contains("vars.PLUMB_CODE_SCANNING == 'true'"))
      // One category, so that one is compared with the other.
      #expect(upload["with"]?["category"]?.scalar == "plumb")
    }
  }

  @Test(
    "actions are pinned by commit, with their version beside it", arguments: [plan, apply, release])
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

  @Test("no text of a pull request becomes a command", arguments: [plan, apply, release])
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
    for step in try steps(file)
    where step["uses"]?.scalar?.hasPrefix("actions/checkout@") == true {
      #expect(step["with"]?.texts == ["fetch-depth": "0", "persist-credentials": "false"])
    }
  }

  @Test("every job ends by itself", arguments: [plan, apply, release])
  func timeouts(path: String) throws {
    for job in try jobs(ExampleFile(path)) { #expect(job.value["timeout-minutes"] != nil) }
  }

  @Test("the program understands every line", arguments: [plan, apply])
  func lines(path: String) throws {
    let lines = try steps(ExampleFile(path)).compactMap { $0["run"]?.scalar }
      .filter { $0.hasPrefix("plumb ") }
    #expect(!lines.isEmpty)
    for line in lines { try ExampleFile.checkUsage(line) }
  }
}
