import Connectors
import Foundation
import Posture
import Synchronization
import TestSupport
import Testing

@testable import Observation

/// Refresh tokens that change with each use.
@Suite struct TokenRenewalTests {
  /// A vendor, its connector, and a store of tokens in a folder of this user's alone.
  private struct Bench {
    let scene: Scene
    let connector: Connector
    let store: TokenStore

    init(rotates: Bool = true) throws {
      let scene = Scene()
      self.scene = scene
      connector = try #require(
        TestConnector.connector(RotatingVendor.connector(rotates: rotates)))
      store = try TokenStore(path: scene.folder + "/mine/tokens.json")
    }

    /// - Parameter given: The number of the token in the environment; nil for none.
    func credentials(_ given: Int?, kept: Bool = true) throws -> Credentials {
      var fields = RotatingVendor.credentials
      if let given { fields["refresh_token"] = RotatingVendor.refreshToken(given) }
      let variables = fields.map { (CredentialSource.variable("demo-one", $0.key), $0.value) }
      let source = CredentialSource(environment: Dictionary(uniqueKeysWithValues: variables))
      return try (kept ? source.keeping(in: store) : source)
        .credentials(for: "demo-one", connector: connector)
    }

    func observe(
      _ given: Int?, kept: Bool = true, at server: VendorServer
    ) async throws -> ObservationReport {
      var options = scene.options
      options.allowedHosts = [try AllowedHost(server.origin)]
      return await Observer.observe(
        try #require(
          TestConnector.instance(app: "acme", parameters: ["domain": server.authority])),
        connector: connector, credentials: try credentials(given, kept: kept), options: options)
    }

    func check(_ given: Int?, kept: Bool = true, at server: VendorServer) async throws
      -> CheckReport
    {
      var options = scene.options
      options.allowedHosts = [try AllowedHost(server.origin)]
      return await Observer.check(
        try #require(
          TestConnector.instance(app: "acme", parameters: ["domain": server.authority])),
        connector: connector, credentials: try credentials(given, kept: kept), needs: nil,
        options: options)
    }

    /// The token that is kept.
    var kept: String? {
      get throws { try store.entries().values.map(\.token).first }
    }
  }

  @Test("without a place for the next token nothing is asked for")
  func nowhere() async throws {
    try await RotatingVendor().serve { vendor, server in
      let bench = try Bench()
      defer { bench.scene.remove() }
      let refusal =
        "the refresh token of 'demo-one' may change with each use, and nothing keeps the next one: name a file for it with --token-store; it was not used"
      #expect(try await bench.observe(1, kept: false, at: server).failureText == refusal)
      #expect(try await bench.check(1, kept: false, at: server).failure?.detail == refusal)
      #expect(server.requests.isEmpty)
    }
  }

  @Test("where the next token could not be kept nothing is asked for")
  func unwritable() async throws {
    try await RotatingVendor().serve { vendor, server in
      let bench = try Bench()
      defer { bench.scene.remove() }
      let store = try TokenStore(path: "/proc/nowhere/tokens.json")
      var fields = RotatingVendor.credentials
      fields["refresh_token"] = RotatingVendor.refreshToken(1)
      var options = bench.scene.options
      options.allowedHosts = [try AllowedHost(server.origin)]
      let report = await Observer.observe(
        try #require(
          TestConnector.instance(app: "acme", parameters: ["domain": server.authority])),
        connector: bench.connector, credentials: Credentials(fields, store: store),
        options: options)
      #expect(report.failure != nil)
      #expect(server.requests.isEmpty)
    }
  }

  @Test("the next token is on disk before the answer is used, and is what the next run gives")
  func kept() async throws {
    let bench = try Bench()
    defer { bench.scene.remove() }
    let early = Mutex<[Int]>([])
    let vendor = RotatingVendor { number in
      let kept = try? bench.kept
      if kept != RotatingVendor.refreshToken(number) { early.withLock { $0.append(number) } }
    }
    try await VendorServer.serve { request, _ in
      vendor.answer(request)
    } _: { server in
      for number in 2...4 {
        let report = try await bench.observe(1, at: server)
        #expect(report.state(of: "users") == "complete 2", "\(report.failureText ?? "")")
        #expect(try bench.kept == RotatingVendor.refreshToken(number))
      }
      // The environment may forget it; what was given later counts more, and was spent here.
      #expect(try await bench.observe(nil, at: server).failure == nil)
      let spent = try await bench.observe(2, at: server)
      #expect(
        spent.failureText
          == "the credentials are not accepted for a token (“spent or unknown”)")
      #expect(vendor.refused == [RotatingVendor.refreshToken(2)])
      #expect(try bench.kept == RotatingVendor.refreshToken(5))
    }
    #expect(early.withLock { $0 } == [])
    #expect(try !bench.scene.everything().contains("access-"))
  }

  @Test("a kept token that is refused says where it is, and how a new one comes")
  func refused() async throws {
    try await RotatingVendor().serve { vendor, server in
      let bench = try Bench()
      defer { bench.scene.remove() }
      let key = TokenStore.Key(instance: "demo-one", connector: "acme", field: "refresh_token")
      try await bench.store.put("refresh-of-yesterday", for: key, given: nil)
      #expect(
        try await bench.observe(nil, at: server).failureText
          == "the credentials are not accepted for a token (“spent or unknown”); the refresh token is the one in \(bench.store.path): plumb connect acme demo-one --authorize makes a new one"
      )
      #expect(try bench.kept == "refresh-of-yesterday")
    }
  }

  @Test("of many that renew at once none loses the token, and none gives a spent one")
  func together() async throws {
    let vendor = RotatingVendor()
    try await VendorServer.serve { request, _ in
      // Each with the access token that it was given, whoever came after it.
      request.path == "/token" ? vendor.answer(request) : .json("[]")
    } _: { server in
      let bench = try Bench()
      defer { bench.scene.remove() }
      try await withThrowingTaskGroup(of: CheckReport.self) { group in
        for _ in 0..<6 { group.addTask { try await bench.check(1, at: server) } }
        for try await report in group { #expect(report.isFine, "\(report)") }
      }
      #expect(vendor.refused == [])
      #expect(vendor.exchanged == 6)
      #expect(try bench.kept == RotatingVendor.refreshToken(7))
    }
  }

  @Test("an answer without an access token spends the old refresh token too: the next is kept")
  func broken() async throws {
    try await VendorServer.serve { _, _ in
      .json(#"{"refresh_token":"refresh-of-tomorrow"}"#)
    } _: { server in
      let bench = try Bench()
      defer { bench.scene.remove() }
      #expect(
        try await bench.observe(1, at: server).failureText
          == "the answer to the request of a token has no /access_token")
      #expect(try bench.kept == "refresh-of-tomorrow")
    }
  }

  @Test("a vendor who changes a token although it was to stay is told of, where nothing keeps it")
  func forgetful() async throws {
    for rotates in [true, false] {
      let vendor = RotatingVendor(rotates: rotates)
      try await VendorServer.serve { request, _ in
        vendor.answer(request)
      } _: { server in
        let bench = try Bench(rotates: false)
        defer { bench.scene.remove() }
        let report = try await bench.check(1, kept: false, at: server)
        #expect(report.failure == nil)
        #expect(report.isForgetful == rotates)
        // What stays the same is not written down.
        _ = try await bench.check(rotates ? 2 : 1, at: server)
        #expect(try bench.kept == (rotates ? RotatingVendor.refreshToken(3) : nil))
      }
    }
  }
}
