import Foundation
import TestSupport
import Testing

/// What is shared out how, and what a share says when it cannot be run.
@Suite("plumb fleet split") struct FleetSplitTests {
  private static let shared = LiveCompany.connector.replacing(
    "  pagination: link\n",
    with: "  pagination: link\n  rateLimit: { scope: credential, window: 1m }\n")

  private static func bench(
    count: Int = 6, fields: String = "", connector: String = LiveCompany.connector,
    _ body: (FleetBench) async throws -> Void
  ) async throws {
    try await VendorServer.serve({ request, _ in LiveCompany.answer(request) }) { server in
      try await body(try FleetBench(server, count: count, fields: fields, connector: connector))
    }
  }

  @Test("the same commit, record and time give the same file")
  func same() async throws {
    try await Self.bench { bench in
      try bench.split(3)
      let first = bench.company.scratch.read("fleet.json")
      try bench.split(3)
      #expect(bench.company.scratch.read("fleet.json") == first)
    }
  }

  @Test("instances that name one quota group stay together")
  func named() async throws {
    try await Self.bench(fields: "quotaGroup: msp") { bench in
      let run = try bench.split(3)
      #expect(run.error.contains("Quota group msp: 6 instances stay in one share"))
      #expect(try bench.shards().contains { Set(bench.names).isSubset(of: $0) })
    }
  }

  @Test("so do those of an app whose vendor counts by credential, unless the group is split")
  func scope() async throws {
    try await Self.bench(connector: Self.shared) { bench in
      try bench.split(3)
      #expect(try bench.shards().contains { Set(bench.names).isSubset(of: $0) })
      try bench.split(3, "--split-group", "acme=2")
      let counts = try bench.shards().map { Set($0).intersection(bench.names).count }
      #expect(counts.sorted() == [0, 3, 3])
      let many = try bench.plumb(
        "fleet", "split", "--shards", "3", "--out", bench.fleetFile, "--split-group", "acme=5")
      #expect(many.status == 1)
      #expect(many.error.contains("acme may be asked 4 things at a time"), "\(many.error)")
      let unknown = try bench.plumb(
        "fleet", "split", "--shards", "3", "--out", bench.fleetFile, "--split-group", "okta=2")
      #expect(unknown.error.contains("no quota group is named so; there is acme"))
    }
  }

  @Test("a share that cannot be run ends with 78 or 75, and says what to do")
  func endings() async throws {
    try await Self.bench(count: 1) { bench in
      func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Run {
        try bench.plumb(
          ["fleet", "run", "--parts", bench.parts] + arguments, environment: environment)
      }
      let file = bench.fleetFile
      let absent = try run("--fleet", file)
      #expect(absent.status == 78)
      #expect(absent.error.contains("'plumb fleet split --out \(file)' writes it"))
      try bench.split(2)
      let none = try run("--fleet", file)
      #expect(none.status == 78)
      #expect(none.error.contains("no engine says which share this is"))
      let beyond = try run("--fleet", file, environment: ["SLURM_ARRAY_TASK_ID": "2"])
      #expect(beyond.status == 78)
      #expect(beyond.error.contains("there is no shard 2: the fleet has 2, from 0 to 1"))
      let usage = try run("--fleet", file, "--index", "0", "--revision", "main")
      #expect(usage.status == 64, "\(usage.error)")
      // Nothing to prove who asks with.
      let index = try bench.shards().firstIndex { $0.contains("acme-0") } ?? 0
      let poor = try run("--fleet", file, "--index", "\(index)")
      #expect(poor.status == 78, "\(poor.error)")
      #expect(poor.error.contains("set PLUMB_ACME_0_TOKEN"))
      // Another process is at it.
      let lock = open("\(bench.parts)/.shard-0.lock", O_RDWR | O_CREAT, 0o600)
      defer { close(lock) }
      #expect(flock(lock, LOCK_EX) == 0)
      let busy = try run("--fleet", file, "--index", "0")
      #expect(busy.status == 75)
      #expect(busy.error.contains("another process is running shard 0"))
    }
  }

  @Test("another program's fleet is refused")
  func program() async throws {
    try await Self.bench(count: 1) { bench in
      try bench.split(1)
      let text = try #require(bench.company.scratch.read("fleet.json"))
      for (altered, reason) in [
        (
          text.replacing(/"version": "[^"]*"/, with: #""version": "0.0.1""#), "split by Plumb 0.0.1"
        ),
        (text.replacing(/sha256:[0-9a-f]{4}/, with: "sha256:0000"), "another built-in catalog"),
      ] {
        try bench.company.scratch.overwrite(altered, in: "fleet.json")
        let run = try bench.plumb(
          "fleet", "run", "--fleet", bench.fleetFile, "--index", "0", "--parts", bench.parts)
        #expect(run.status == 78)
        #expect(run.error.contains(reason), "\(run.error)")
      }
    }
  }
}
