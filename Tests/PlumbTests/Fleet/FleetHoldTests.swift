import Foundation
import Synchronization
import TestSupport
import Testing

/// Shares whose instances may use a refresh token that changes with each use, with parts in git.
@Suite struct FleetHoldTests {
  /// The company's app with another way in, whose token changes.
  private static let connector = LiveCompany.connector.replacing(
    "credentials:\n",
    with: """
      credentials:
          refresh_token: { description: The refresh token }

      """
  ).replacing(
    "authentication:\n",
    with: """
      authentication:
          - name: app
            token:
              url: https://{domain}/token
              form: { grant_type: refresh_token, refresh_token: '{refresh_token}' }
              refresh: { field: refresh_token, rotates: true }

      """)

  private static let parts = "git:shared"

  /// A company with one share, and a remote that has its parts.
  private static func bench(
    _ server: VendorServer, connector: String = Self.connector
  ) throws -> FleetBench {
    let bench = try FleetBench(server, count: 2, connector: connector)
    let git = bench.company.scratch
    try git.git("clone", "--quiet", "--bare", "repository", "remote.git", in: "")
    for folder in ["repository", "clone"] {
      try git.git("remote", "add", "shared", "../remote.git", in: folder)
    }
    try bench.split(1)
    return bench
  }

  private static func holds(_ bench: FleetBench) throws -> [String] {
    try bench.company.scratch.git(
      "for-each-ref", "--format=%(refname)", "refs/plumb/holds/", in: "remote.git"
    ).split(separator: "\n").map(String.init)
  }

  @Test("of two runs of a share at once the second ends with 75, and runs once the first is done")
  func together() async throws {
    let begin = Mutex<(@Sendable () -> Run?)?>(nil)
    let second = Mutex<Run?>(nil)
    try await VendorServer.serve({ request, _ in
      // While the first one waits for this answer, it has the share.
      let start = begin.withLock { start in
        defer { start = nil }
        return start
      }
      if let start { second.withLock { $0 = start() } }
      return LiveCompany.answer(request)
    }) { server in
      let bench = try Self.bench(server)
      begin.withLock { $0 = { try? bench.run(0, parts: Self.parts) } }
      let first = try bench.run(0, parts: Self.parts)
      #expect(first.status == 0, "\(first.error)")
      let refused = try #require(second.withLock { $0 })
      #expect(refused.status == 75, "\(refused.error)")
      #expect(
        refused.error.contains("another process is running shard 0, and holds it until 20"),
        "\(refused.error)")
      let third = try bench.run(0, parts: Self.parts)
      #expect(third.status == 0, "\(third.error)")
      #expect(!third.error.contains("taken over"))
      #expect(try Self.holds(bench).count == 1)
      let merged = try bench.merge("--push", "--remote", "shared", parts: Self.parts)
      #expect(merged.status == 0, "\(merged.error)")
      #expect(try Self.holds(bench) == [])
      for folder in ["repository", "clone"] {
        #expect(
          try bench.company.scratch.git("for-each-ref", "refs/plumb/holding/", in: folder) == "")
      }
    }
  }

  @Test("a hold that ended unrenewed is taken over with a warning; one that has not is waited for")
  func takingOver() async throws {
    try await VendorServer.serve({ request, _ in LiveCompany.answer(request) }) { server in
      let bench = try Self.bench(server)
      #expect(try bench.run(0, parts: Self.parts).status == 0)
      let reference = try #require(try Self.holds(bench).first)
      let git = bench.company.scratch
      try git.git("clone", "--quiet", "remote.git", "holder", in: "")
      func hold(until time: String) throws {
        try git.git("fetch", "--quiet", "origin", reference, in: "holder")
        try git.git("checkout", "--quiet", "FETCH_HEAD", in: "holder")
        try git.write("{\"holder\":\"another\",\"until\":\"\(time)\"}", to: "holder/hold.json")
        try git.git("commit", "--quiet", "--all", "--message", "Hold", in: "holder")
        try git.git("push", "--quiet", "origin", "HEAD:\(reference)", in: "holder")
      }
      try hold(until: FleetBench.time(3_600))
      let early = try bench.run(0, parts: Self.parts)
      #expect(early.status == 75, "\(early.error)")
      try hold(until: FleetBench.time(-60))
      let late = try bench.run(0, parts: Self.parts)
      #expect(late.status == 0, "\(late.error)")
      #expect(late.error.contains("it is taken over"), "\(late.error)")
    }
  }

  @Test("a share without such a token is held by nobody")
  func unneeded() async throws {
    try await VendorServer.serve({ request, _ in LiveCompany.answer(request) }) { server in
      let bench = try Self.bench(server, connector: LiveCompany.connector)
      #expect(try bench.run(0, parts: Self.parts).status == 0)
      #expect(try Self.holds(bench) == [])
    }
  }
}
