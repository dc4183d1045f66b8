import Connectors
import Foundation
import Posture
import TestSupport
import Testing
import YAML

@testable import Observation

/// What a pull request may try with the credentials that lie beside it.
@Suite("Credentials stay where they belong")
struct SafetyTests {
  private static let okta = DecodedCatalog.builtIn(diagnostics: .init()).connectors["okta"]
  private static let github = DecodedCatalog.builtIn(diagnostics: .init()).connectors["github"]

  /// Observes without a network: a request at all is a failure.
  private func refusal(
    _ connector: Connector?, app: String, parameters: [String: String],
    credentials: [String: String], allow: [String] = []
  ) async throws -> String {
    var options = ObserverOptions(
      store: ObservationStore(folder: NSTemporaryDirectory() + "plumb-none-" + UUID().uuidString))
    options.transport = NoTransport()
    options.pace = TestPace()
    options.allowedHosts = try allow.map { try AllowedHost($0) }
    let report = await Observer.observe(
      try #require(TestConnector.instance(app: app, parameters: parameters)),
      connector: try #require(connector), credentials: Credentials(credentials), options: options)
    #expect(report.requests == 0)
    return report.failureText ?? "observed"
  }

  @Test(
    "a domain that no built-in connector declares gets none",
    arguments: [
      ("evil.example", "evil.example"), ("okta.com.evil.example", "okta.com.evil.example"),
      ("evil-okta.com", "evil-okta.com"), ("127.0.0.1:9", "127.0.0.1:9"),
      ("okta.com", "okta.com"),
    ])
  func domain(domain: String, host: String) async throws {
    let reason = try await refusal(
      Self.okta, app: "okta", parameters: ["domain": domain],
      credentials: ["api_token": "secret-token-1"])
    #expect(
      reason.hasPrefix("no credentials are sent to \(host): connector 'okta' declares *.okta.com"))
  }

  @Test(
    "a parameter cannot smuggle another host, path or user name in",
    arguments: [
      "contoso.okta.com@evil.example", "evil.example/x.okta.com", "evil.example#.okta.com",
      "evil.example?.okta.com", "contoso.okta.com\n", "contoso.okta.com\\.evil.example", "",
      "a b.okta.com",
      "contoso.okta.com:8443",
    ])
  func smuggling(domain: String) async throws {
    let reason = try await refusal(
      Self.okta, app: "okta", parameters: ["domain": domain],
      credentials: ["api_token": "secret-token-1"])
    #expect(reason != "observed")
  }

  /// What comes of observing with a connector that the repository brings under a built-in one's name.
  private func refusalOfOwnConnector(allow: [String] = []) async throws -> String {
    let yaml = TestConnector.yaml("items: { get: /items }", name: "okta")
    return try await refusal(
      TestConnector.connector(yaml, origin: .desiredState), app: "okta",
      parameters: ["domain": "x.demo.example"], credentials: ["token": "secret-token-1"],
      allow: allow)
  }

  @Test("a repository's connector names no hosts by itself, whatever it is called")
  func ownConnector() async throws {
    let reason = try await refusalOfOwnConnector()
    #expect(
      reason
        == "no credentials are sent to x.demo.example: the connector 'okta' comes from the repository, so its hosts must be allowed; allow it with --allow-host demo-one=x.demo.example"
    )
  }

  @Test("a host that is allowed for one instance is allowed for no other")
  func allowedForOne() async throws {
    let reason = try await refusalOfOwnConnector(allow: ["okta-live=x.demo.example"])
    #expect(reason.hasPrefix("no credentials are sent to x.demo.example"))
    let host = try AllowedHost("okta-live=https://x.demo.example:8443")
    #expect(host.warning == nil)
    #expect(
      try AllowedHost("x.demo.example:8443").warning
        == "--allow-host x.demo.example:8443 is for every instance: whoever may change the desired state can send any credential there; --allow-host INSTANCE=x.demo.example:8443 is for one alone."
    )
    #expect(try AllowedHost("http://127.0.0.1:8080").warning == nil)
    #expect(host.covers(host: "x.demo.example", port: 8443, for: "okta-live"))
    #expect(!host.covers(host: "x.demo.example", port: 8443, for: "okta"))
    #expect(
      try AllowedHost("x.demo.example").covers(host: "x.demo.example", port: nil, for: "okta"))
    for text in ["=x.demo.example", "okta-live=", "okta-live=http://x.demo.example"] {
      #expect(throws: Fault.self, "\(text)") { try AllowedHost(text) }
    }
  }

  @Test("credentials that are bound to a host go to no other that the vendor has")
  func bound() async throws {
    let reason = try await refusal(
      Self.okta, app: "okta", parameters: ["domain": "attacker.okta.com"],
      credentials: ["api_token": "secret-token-1", "host": "contoso.okta.com"])
    #expect(
      reason
        == "the credentials are bound to contoso.okta.com and are not sent to attacker.okta.com")
  }

  @Test("an instance reads the variables of its own name and connector only")
  func variables() throws {
    let source = CredentialSource(environment: [
      "PLUMB_OKTA_EU_API_TOKEN": "mine", "PLUMB_OTHER_API_TOKEN": "not mine",
      "AWS_SECRET_ACCESS_KEY": "never", "PLUMB_OKTA_EU_UNKNOWN": "never",
    ])
    let okta = try #require(Self.okta)
    #expect(source.credentials(for: "okta-eu", connector: okta).fields == ["api_token"])
    #expect(source.credentials(for: "okta", connector: okta).isEmpty)
  }

  @Test("variables that two instances would read are found")
  func ambiguity() throws {
    let yaml = TestConnector.yaml("items: { get: /items }")
      .replacing("token: { description: A token }", with: "id: { description: An identifier }")
      .replacing("{token}", with: "{id}")
    let other = try #require(TestConnector.connector(yaml))
    let found = CredentialSource.ambiguities([
      ("github", try #require(Self.github)), ("github-app", other),
    ])
    #expect(found.map(\.variable) == ["PLUMB_GITHUB_APP_ID"])
    #expect(found.first?.instances == ["github", "github-app"])
  }

  @Test("a credentials file that others may read is refused, and no message quotes it")
  func file() throws {
    let path = NSTemporaryDirectory() + "plumb-credentials-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: path) }
    try #"{"okta-eu": {"api_token": "mine", "host": "contoso.okta.com"}}"#
      .write(toFile: path, atomically: false, encoding: .utf8)
    #expect(chmod(path, 0o644) == 0)
    #expect(
      throws: Fault(
        .misconfigured,
        "\(path) may be read by others; 'chmod 600 \(path)' keeps the credentials in it to you")
    ) { try CredentialSource(environment: [:], file: path) }
    #expect(chmod(path, 0o600) == 0)
    let credentials = try CredentialSource(environment: [:], file: path)
      .credentials(for: "okta-eu", connector: try #require(Self.okta))
    #expect(credentials.fields == ["api_token"])
    #expect(credentials.hosts == ["contoso.okta.com"])
    #expect("\(credentials)" == "credentials(api_token)")
    var dumped = ""
    dump(credentials, to: &dumped)
    #expect(!dumped.contains("mine"))
    try "secret-word: [".write(toFile: path, atomically: false, encoding: .utf8)
    #expect(chmod(path, 0o600) == 0)
    do {
      _ = try CredentialSource(environment: [:], file: path)
      Issue.record("it is no mapping")
    } catch {
      #expect(!error.detail.contains("secret-word"))
    }
  }

  @Test("a redirect to another host arrives nowhere")
  func redirect() async throws {
    try await VendorServer.serve { _, _ in
      .json("[]")
    } _: { other in
      try await VendorServer.serve { request, _ in
        request.path == "/api/away"
          ? .answer(
            status: 302, headers: [("location", "http://127.0.0.1:\(other.port)/stolen")], body: [])
          : .json("[]")
      } _: { server in
        let scene = Scene()
        defer { scene.remove() }
        let report = try await scene.observe(
          "away: { get: /away }\nfine: { get: /fine }", at: server)
        #expect(
          report.state(of: "away")
            == "failed 0: \(other.authority) is not a host of this instance: it is not asked")
        #expect(other.requests.isEmpty)
        #expect(report.state(of: "fine") == "complete 0")
      }
    }
  }

  @Test("a redirect to another host of the instance is followed without the credential")
  func knownRedirect() async throws {
    try await VendorServer.serve { _, _ in
      .json(#"[{"id":"1"}]"#)
    } _: { other in
      try await VendorServer.serve { request, _ in
        request.path == "/api/away"
          ? .answer(status: 307, headers: [("location", "\(other.origin)/api/here")], body: [])
          : .json("[]")
      } _: { server in
        var scene = Scene()
        scene.options.allowedHosts = [try AllowedHost(other.origin)]
        defer { scene.remove() }
        let report = try await scene.observe(
          "away: { get: /away }\nother: { get: 'https://\(other.authority)/api/own' }", at: server)
        #expect(report.state(of: "away") == "complete 1")
        let here = try #require(other.requests.first { $0.path == "/api/here" })
        #expect(here.header("authorization") == nil)
        let own = try #require(other.requests.first { $0.path == "/api/own" })
        #expect(own.header("authorization") == "Bearer \(Scene.secret)")
      }
    }
  }

  @Test("a next link to another host is not followed")
  func nextLink() async throws {
    try await VendorServer.serve { _, _ in
      .json("[]")
    } _: { other in
      try await VendorServer.serve { _, _ in
        .json(#"[{"id":"1"}]"#, headers: [("link", "<\(other.origin)/x>; rel=\"next\"")])
      } _: { server in
        let scene = Scene()
        defer { scene.remove() }
        let report = try await scene.observe("items: { get: /items }", at: server)
        #expect(
          report.failureText
            == "\(other.authority) is not a host of this instance: it is not asked")
        #expect(other.requests.isEmpty)
      }
    }
  }

  @Test("a secret that an answer gives back is in no file and no report")
  func echo() async throws {
    try await VendorServer.serve { request, _ in
      let said = request.header("authorization") ?? ""
      return request.path == "/api/refused"
        ? .json(#"{"message":"bad token \#(said)"}"#, status: 403)
        : .json(#"[{"id":"1","echo":"\#(said)","config":{"secret":"s3cr3t"}}]"#)
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        "items: { get: /items, redact: [config.secret] }\nrefused: { get: /refused, permissions: [x.read] }",
        at: server)
      #expect(report.state(of: "items") == "complete 1")
      #expect(
        report.state(of: "refused")
          == "denied 0: the credentials lack x.read (“bad token Bearer REDACTED”)")
      let stored = try scene.everything()
      #expect(stored.contains(#""echo":"Bearer REDACTED","config":{"secret":"REDACTED"}"#))
      #expect(!stored.contains(Scene.secret) && !stored.contains("s3cr3t"))
      #expect(!"\(report)".contains(Scene.secret))
    }
  }

  @Test("refused credentials are not tried again and again")
  func lockout() async throws {
    try await VendorServer.serve { _, _ in
      .json(#"{"message":"Bad credentials"}"#, status: 401)
    } _: {
      server in
      let scene = Scene()
      defer { scene.remove() }
      let names = (1...20).map { "c\($0): { get: /c\($0) }" }.joined(separator: "\n")
      let report = try await scene.observe(names, at: server)
      #expect(report.failureText == "the credentials are not accepted (“Bad credentials”)")
      // As many as were under way at once.
      #expect(server.requests.count <= 4)
    }
  }
}

/// Nothing may be sent.
struct NoTransport: Transport {
  func send(
    _ request: APIRequest, bounds: ResponseBounds
  ) async throws(TransportFault) -> APIResponse {
    Issue.record("\(request.address) was asked")
    throw TransportFault(.connection, "nothing may be sent")
  }
}
