import Foundation
import JSON
import Synchronization
import TestSupport
import Testing

/// The real program, a fleet on one machine.
@Suite("plumb fleet") struct FleetTests {
  /// A vendor that lets some tenants' tokens fail.
  private static func answer(
    _ request: VendorServer.Request, refusing: Set<String> = [], spent: Set<String> = []
  ) -> VendorServer.Answer {
    let name = FleetBench.instance(of: request)
    if refusing.contains(name) { return .json(#"{"message":"Bad credentials"}"#, status: 401) }
    if spent.contains(name) {
      return .json("{}", status: 429, headers: [("retry-after", "86400")])
    }
    return LiveCompany.answer(request, mfa: name.hasSuffix("1") ? 1 : 3)
  }

  @Test("the merge is the commit that one apply makes of the same observations, whatever failed")
  func identity() async throws {
    try await VendorServer.serve({ request, _ in
      Self.answer(request, refusing: ["acme-3"], spent: ["acme-4"])
    }) { server in
      let bench = try FleetBench(server, count: 10)
      try bench.split(4)
      let shards = try bench.shards()
      #expect(shards.flatMap(\.self).sorted() == (bench.names + ["old-0", "old-1"]).sorted())
      for (index, names) in shards.enumerated() {
        let run = try bench.run(index)
        // Of both the one that may pass by itself counts.
        let expected: Int32 = names.contains("acme-4") ? 75 : names.contains("acme-3") ? 78 : 0
        #expect(run.status == expected, "\(index): \(run.error)")
      }
      let merged = try bench.merge()
      #expect(merged.status == 1, "\(merged.error)")
      #expect(try bench.tip() == bench.applied())
      // Once more changes nothing, and time is told as the cause of what only time changed.
      #expect(try bench.merge("--allow-unobserved").status == 0)
      #expect(try bench.tip() == bench.tip("repository"))
      let page = try bench.company.scratch.git(
        "show", "plumb/reports:reports/README.md", in: "clone")
      #expect(page.contains("time passed"), "\(page)")
      let failed = try bench.company.scratch.git(
        "show", "plumb/reports:reports/instances/acme-3/README.md", in: "clone")
      #expect(failed.contains("the credentials are not accepted"))
    }
  }

  @Test("parts hold no secret and no resource; two merges at once make one commit")
  func parts() async throws {
    try await VendorServer.serve({ request, _ in
      request.path == "/api/users"
        ? .json(#"[{"id":"u0","mfa":false,"nickname":"Zaphod"},{"id":"u1","mfa":true}]"#)
        : LiveCompany.answer(request)
    }) { server in
      let bench = try FleetBench(server, count: 4)
      try bench.split(2)
      for index in 0..<2 { #expect(try bench.run(index).status == 0) }
      let files = try FileManager.default.contentsOfDirectory(atPath: bench.parts)
        .filter { $0.hasPrefix("part-") }
      #expect(files.count == 2)
      for file in files {
        let text = try #require(bench.company.scratch.read("parts/\(file)"))
        #expect(text.contains("u0"))
        #expect(!text.contains("token-of") && !text.contains("Zaphod"))
      }
      let arguments = ["fleet", "merge", "--fleet", bench.fleetFile, "--parts", bench.parts]
      let before = try bench.company.scratch.git(
        "rev-list", "--count", "plumb/reports", in: "clone")
      let runs = try [bench.start(arguments, in: "clone"), bench.start(arguments, in: "clone")]
        .map { try $0.finish() }
      for run in runs { #expect(run.status == 0, "\(run.error)") }
      let after = try bench.company.scratch.git("rev-list", "--count", "plumb/reports", in: "clone")
      #expect(Int(after) == (Int(before) ?? 0) + 1)
      #expect(try bench.tip() == bench.applied())
    }
  }

  @Test("a share that is run again asks only for what it has not seen; --fresh asks for all")
  func resume() async throws {
    let isBroken = Mutex(true)
    try await VendorServer.serve({ request, _ in
      Self.answer(request, spent: isBroken.withLock(\.self) ? ["acme-1"] : [])
    }) { server in
      let bench = try FleetBench(server, count: 3)
      try bench.split(1)
      #expect(try bench.run(0).status == 75)
      isBroken.withLock { $0 = false }
      // Another machine, which knows of the first one nothing but its part.
      try FileManager.default.removeItem(atPath: "\(bench.company.scratch.path)/store")
      let before = server.requests.count
      let second = try bench.run(0)
      #expect(second.status == 0, "\(second.error)")
      #expect(second.output.contains("5 of 5 instances, 4 of them from an earlier run"))
      #expect(Set(server.requests[before...].map(FleetBench.instance)) == ["acme-1"])
      let files = try FileManager.default.contentsOfDirectory(atPath: bench.parts)
      #expect(files.count { $0.hasPrefix("part-") } == 1, "\(files)")
      let third = server.requests.count
      #expect(try bench.run(0).status == 0)
      #expect(server.requests.count == third)
      #expect(try bench.run(0, "--fresh").status == 0)
      #expect(Set(server.requests[third...].map(FleetBench.instance)) == Set(bench.names))
      #expect(try bench.merge().status == 0)
    }
  }

  @Test("merge refuses by share, with the command; --allow-missing goes on without")
  func refusals() async throws {
    try await VendorServer.serve({ request, _ in LiveCompany.answer(request) }) { server in
      let bench = try FleetBench(server, count: 10)
      try bench.split(6)
      #expect(try bench.merge().error.contains("there is no folder"))
      for index in 0..<6 where index != 4 { #expect(try bench.run(index).status == 0) }
      let refused = try bench.merge()
      #expect(refused.status == 1)
      #expect(refused.error.contains("error: share 4: there is no part of it"))
      #expect(
        refused.error.contains(
          "plumb fleet run --fleet \(bench.fleetFile) --index 4 --parts \(bench.parts)"))
      let tip = try bench.tip()
      let missing = try bench.shards()[4]
      let partly = try bench.merge("--allow-missing")
      #expect(partly.status == 1, "\(partly.error)")
      #expect(try bench.tip() != tip)
      let page = try bench.company.scratch.git(
        "show", "plumb/reports:reports/instances/\(missing[0])/README.md", in: "clone")
      #expect(page.contains("no part of the fleet has it"), "\(page)")
      // The rest comes later.
      #expect(try bench.run(4).status == 0)
      #expect(try bench.merge().status == 0)
      // A part of another fleet.
      try bench.split(5)
      let foreign = try bench.merge()
      #expect(foreign.error.contains("is a part of another fleet"))
      #expect(foreign.error.contains("  rm '\(bench.parts)/part-0-"))
    }
  }

  @Test("more than a fifth of an app in trouble at once is held, until --force")
  func guardian() async throws {
    let isBroken = Mutex(false)
    try await VendorServer.serve({ request, _ in
      Self.answer(
        request, refusing: isBroken.withLock(\.self) ? ["acme-0", "acme-2", "acme-5"] : [])
    }) { server in
      let bench = try FleetBench(server, count: 8)
      try bench.split(2)
      isBroken.withLock { $0 = true }
      for index in 0..<2 { #expect(try bench.run(index, "--allow-unobserved").status == 0) }
      let held = try bench.merge("--allow-unobserved")
      #expect(held.status == 3, "\(held.error)")
      #expect(held.error.contains("acme is held: 3 of its 10 instances fail or look suspect"))
      let forced = try bench.merge("--allow-unobserved", "--force")
      #expect(forced.status == 0, "\(forced.error)")
      let page = try bench.company.scratch.git(
        "show", "plumb/reports:reports/instances/acme-1/README.md", in: "clone")
      #expect(page.contains("acme-mfa"))
    }
  }

  @Test("what is recorded of a tenant's cost is the same however often it was asked again")
  func costs() async throws {
    for isThrottled in [false, true] {
      let asked = Mutex<Set<String>>([])
      try await VendorServer.serve({ request, _ in
        let isFirst = asked.withLock { $0.insert("\(request.path)").inserted }
        return isThrottled && isFirst
          ? .json("{}", status: 429, headers: [("retry-after", "0")])
          : LiveCompany.answer(request)
      }) { server in
        let bench = try FleetBench(server, count: 1)
        try bench.split(1)
        #expect(try bench.run(0).status == 0)
        #expect(try bench.merge().status == 0)
        let state = try bench.company.scratch.git(
          "show", "plumb/reports:reports/instances/acme-0/state.json", in: "clone")
        #expect(JSONValue(try JSONView(parsing: state))["cost"]?.int64 == 4)
      }
    }
  }

  @Test("parts as references of a remote: pushed, merged, deleted, and seen by no clone")
  func references() async throws {
    try await VendorServer.serve({ request, _ in LiveCompany.answer(request) }) { server in
      let bench = try FleetBench(server, count: 4)
      let git = bench.company.scratch
      try git.git("clone", "--quiet", "--bare", "repository", "remote.git", in: "")
      for folder in ["repository", "clone"] {
        try git.git("remote", "add", "shared", "../remote.git", in: folder)
      }
      try bench.split(3)
      for index in [0, 1, 2, 1] {
        let run = try bench.run(index, parts: "git:shared")
        #expect(run.status == 0, "\(run.error)")
      }
      let listed = try git.git("for-each-ref", "refs/plumb/parts/", in: "remote.git")
      #expect(listed.split(separator: "\n").count == 3)
      let merged = try bench.merge("--push", "--remote", "shared", parts: "git:shared")
      #expect(merged.status == 0, "\(merged.error)")
      for folder in ["remote.git", "clone"] {
        #expect(try git.git("for-each-ref", "refs/plumb/parts/", in: folder) == "")
      }
      #expect(try bench.tip() == bench.applied())
      #expect(try bench.tip("remote.git") == bench.tip())
    }
  }
}
