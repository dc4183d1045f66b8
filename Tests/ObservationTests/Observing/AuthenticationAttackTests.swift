import Connectors
import Foundation
import Posture
import TestSupport
import Testing

@testable import Observation

/// What a pull request may try with the credentials that lie beside it, whatever way in they are for.
@Suite("Six attacks on each kind of authentication")
struct AuthenticationAttackTests {
  enum Kind: String, CaseIterable {
    case header, basic, formToken, jsonToken, tokenByBasic, assertion

    /// The way in, as the connector writes it.
    var yaml: String {
      let token = "url: 'https://{domain}/token'"
      return switch self {
      case .header: "header: { name: x-key, value: '{secret}' }"
      case .basic: "basic: { user: '{id}', password: '{secret}' }"
      case .formToken: "token: { \(token), form: { client_id: '{id}', client_secret: '{secret}' } }"
      case .jsonToken: "token: { \(token), json: { client_id: '{id}', client_secret: '{secret}' } }"
      case .tokenByBasic: "token: { \(token), basic: { user: '{id}', password: '{secret}' } }"
      case .assertion:
        "token: { \(token), form: { assertion: '{assertion}' }, assertion: { algorithm: ES256, key: '{secret}', issuer: '{id}' } }"
      }
    }

    var secret: String { self == .assertion ? TestKey.ec : "top-secret-0123456789" }

    /// What of a request proves who asks.
    func isProof(_ request: VendorServer.Request) -> Bool {
      let sent = "\(request.headers)" + String(decoding: request.body, as: UTF8.self)
      let encoded = Data("demo:\(secret)".utf8).base64EncodedString()
      return [secret, encoded, "issued-0123456789", "assertion="].contains { sent.contains($0) }
    }

    static let tokens = allCases.filter { $0.yaml.hasPrefix("token") }
  }

  private static func written(
    _ ways: [String], collections: String = "items: { get: /items }", name: String = "demo",
    origin: Connector.Origin = .catalog
  ) -> Connector? {
    let yaml = TestConnector.yaml(collections, name: name)
      .replacing(
        "token: { description: A token }",
        with:
          "id: { description: x, secret: false }\n    secret: { description: x }\n    other: { description: x }"
      )
      .replacing(
        "- name: token\n      header: { value: \"Bearer {token}\" }",
        with: ways.enumerated().map { "- { name: way\($0), \($1) }" }
          .joined(separator: "\n    "))
    return TestConnector.connector(yaml, origin: origin)
  }

  private static func connector(
    _ ways: [String], collections: String = "items: { get: /items }", name: String = "demo",
    origin: Connector.Origin = .catalog
  ) throws -> Connector {
    try #require(written(ways, collections: collections, name: name, origin: origin))
  }

  /// Observes without a network: a request at all is a failure.
  private func refusal(
    _ kind: Kind, domain: String, credentials: [String: String] = [:], allow: [String] = [],
    name: String = "demo", origin: Connector.Origin = .catalog, isGiven: Bool = true
  ) async throws -> String {
    let scene = Scene()
    defer { scene.remove() }
    var options = scene.options
    options.transport = NoTransport()
    options.allowedHosts = try allow.map { try AllowedHost($0) }
    var fields = isGiven ? ["id": "demo", "secret": kind.secret] : [:]
    fields.merge(credentials) { $1 }
    let report = await Observer.observe(
      try #require(TestConnector.instance(app: name, parameters: ["domain": domain])),
      connector: try Self.connector([kind.yaml], name: name, origin: origin),
      credentials: Credentials(fields), options: options)
    #expect(report.requests == 0)
    return report.failureText ?? "observed"
  }

  @Test("a host that the connector does not declare", arguments: Kind.allCases)
  func host(kind: Kind) async throws {
    for domain in ["evil.example", "demo.example.evil.example", "x.demo.example@evil.example"] {
      #expect(try await refusal(kind, domain: domain) != "observed")
    }
    #expect(
      try await refusal(kind, domain: "evil.example").hasPrefix(
        "no credentials are sent to evil.example: connector 'demo' declares *.demo.example"))
  }

  @Test("a credential that is bound to another host of the vendor", arguments: Kind.allCases)
  func credential(kind: Kind) async throws {
    #expect(
      try await refusal(
        kind, domain: "attacker.demo.example", credentials: ["host": "mine.demo.example"])
        == "the credentials are bound to mine.demo.example and are not sent to attacker.demo.example"
    )
  }

  @Test("a redirect, of the API and of the place where tokens come from", arguments: Kind.allCases)
  func redirect(kind: Kind) async throws {
    for path in ["/api/items", "/token"] {
      try await VendorServer.serve { _, _ in
        .json(#"{"access_token":"issued-0123456789"}"#)
      } _: { other in
        try await VendorServer.serve { request, _ in
          request.path == path
            ? .answer(status: 307, headers: [("location", "\(other.origin)/x")], body: [])
            : .json(#"{"access_token":"issued-0123456789"}"#)
        } _: { server in
          let scene = Scene()
          defer { scene.remove() }
          _ = try await scene.observe(
            try Self.connector([kind.yaml]), at: server,
            credentials: ["id": "demo", "secret": kind.secret])
          #expect(other.requests.isEmpty)
          #expect(server.requests.contains { kind.isProof($0) })
        }
      }
    }
  }

  @Test("a connector of the same name in the repository", arguments: Kind.allCases)
  func sameName(kind: Kind) async throws {
    #expect(
      try await refusal(kind, domain: "x.demo.example", name: "okta", origin: .desiredState)
        .hasPrefix(
          "no credentials are sent to x.demo.example: the connector 'okta' comes from the repository"
        ))
  }

  @Test("variables of another instance", arguments: Kind.allCases)
  func environment(kind: Kind) async throws {
    let source = CredentialSource(environment: [
      "PLUMB_OTHER_ID": "demo", "PLUMB_OTHER_SECRET": kind.secret, "SECRET": kind.secret,
      "PLUMB_SECRET": kind.secret, "PLUMB_DEMO_ONE_ACCESS_TOKEN": kind.secret,
    ])
    #expect(
      source.credentials(for: "demo-one", connector: try Self.connector([kind.yaml])).isEmpty)
    #expect(
      try await refusal(kind, domain: "x.demo.example", isGiven: false)
        .hasPrefix("no credentials for instance 'demo-one'; set one of\n  way0: "))
  }

  @Test("plain HTTP", arguments: Kind.allCases)
  func plain(kind: Kind) async throws {
    #expect(throws: Fault.self) { try AllowedHost("demo-one=http://x.demo.example") }
    #expect(
      try await refusal(kind, domain: "127.0.0.1:9").hasPrefix(
        "no credentials are sent to 127.0.0.1:9"))
    #expect(
      TestConnector.connector(
        TestConnector.yaml("items: { get: 'http://x.demo.example/items' }")) == nil)
    if Kind.tokens.contains(kind) {
      #expect(Self.written([kind.yaml.replacing("https://", with: "http://")]) == nil)
    }
  }

  @Test("each host is shown its own credential, wherever a page leads", arguments: Kind.allCases)
  func ownHost(kind: Kind) async throws {
    try await VendorServer.serve { request, _ in
      switch request.path {
      case "/token": .json(#"{"access_token":"issued-0123456789"}"#)
      // A next page at the other host of the vendor.
      case "/api/items":
        .json(
          #"[{"id":"1"}]"#, headers: [("link", "<https://b.demo.example/items>; rel=\"next\"")])
      default: .json(#"[{"id":"2"}]"#)
      }
    } _: { server in
      let connector = try Self.connector(
        [
          "hosts: [a.demo.example], " + kind.yaml,
          "hosts: [b.demo.example], header: { name: x-other, value: '{other}' }",
        ],
        collections: """
          items: { get: /items }
          mine: { get: 'https://b.demo.example/mine', headers: { x-unit: '{domain}' } }
          nobody: { get: 'https://c.demo.example/nobody' }
          """)
      var scene = Scene()
      defer { scene.remove() }
      let origin = try #require(Address(server.origin))
      for host in ["a", "b", "c"] { scene.options.detours["\(host).demo.example"] = origin }
      let report = await Observer.observe(
        try #require(TestConnector.instance(parameters: ["domain": "a.demo.example"])),
        connector: connector,
        credentials: Credentials([
          "id": "demo", "secret": kind.secret, "other": "other-secret-0123456789",
        ]), options: scene.options)
      #expect(report.state(of: "items") == "complete 2")
      #expect(report.state(of: "mine") == "complete 1")
      #expect(
        report.state(of: "nobody")
          == "denied 0: no credentials are given that are for c.demo.example")
      for request in server.requests {
        let isAtA = ["/token", "/api/items"].contains(request.path)
        #expect(kind.isProof(request) == isAtA, "\(request.path)")
        #expect(
          request.header("x-other") == (isAtA ? nil : "other-secret-0123456789"),
          "\(request.path)")
        #expect(request.header("x-unit") == (request.path == "/mine" ? "a.demo.example" : nil))
      }
      #expect(!server.requests.contains { $0.path == "/nobody" })
    }
  }
}
