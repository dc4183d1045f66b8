import Foundation
import JWTKit
import Posture
import Synchronization
import TestSupport
import Testing
import YAML

@testable import Observation

@Suite("Authentication")
struct AuthenticationTests {
  /// A connector whose only way in is `authentication`.
  private static func connector(
    _ authentication: String, credentials: [String], collections: String = "items: { get: /items }"
  ) throws -> Connector {
    let yaml = TestConnector.yaml(collections).split(separator: "\n").map(String.init)
      .filter {
        !$0.contains("token: { description") && !$0.contains("- name: token")
          && !$0.contains("header: {")
      }
    var text = ""
    for line in yaml {
      text += line + "\n"
      if line == "  credentials:" {
        for name in credentials { text += "    \(name): { description: x }\n" }
      }
      if line == "  authentication:" {
        for line in authentication.split(separator: "\n") { text += "    \(line)\n" }
      }
    }
    return try #require(TestConnector.connector(text))
  }

  @Test("basic")
  func basic() async throws {
    let connector = try Self.connector(
      "- name: basic\n  basic: { user: '{email}/token', password: '{api_key}' }",
      credentials: ["email", "api_key"])
    try await VendorServer.serve { _, _ in
      .json("[]")
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      _ = try await scene.observe(
        connector, at: server, credentials: ["email": "a@b.example", "api_key": "k:1"])
      #expect(
        server.requests.map { $0.header("authorization") }
          == ["Basic " + Data("a@b.example/token:k:1".utf8).base64EncodedString()])
    }
  }

  private static let clientCredentials = """
    - name: client
      token:
        url: https://{domain}/token
        basic: { user: '{client_id}', password: '{client_secret}' }
        form: { grant_type: client_credentials, scope: '{scopes}', account_id: 'a b&c' }
    """

  @Test("client credentials: one token for all requests, asked for as a form")
  func client() async throws {
    let connector = try Self.connector(
      Self.clientCredentials, credentials: ["client_id", "client_secret"],
      collections:
        "items: { get: /items, permissions: [b.read] }\nothers: { get: /others, permissions: [a.read] }"
    )
    try await VendorServer.serve { request, _ in
      request.path == "/token"
        ? .json(#"{"access_token":"t1","expires_in":3600}"#)
        : request.header("authorization") == "Bearer t1" ? .json("[]") : .json("{}", status: 401)
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        connector, at: server, credentials: ["client_id": "id", "client_secret": "se/cret"])
      #expect(report.isComplete)
      let tokens = server.requests.filter { $0.path == "/token" }
      #expect(tokens.count == 1)
      #expect(tokens[0].method == "POST")
      #expect(tokens[0].header("content-type") == "application/x-www-form-urlencoded")
      #expect(
        String(decoding: tokens[0].body, as: UTF8.self)
          == "grant_type=client_credentials&scope=a.read%20b.read&account_id=a%20b%26c")
      #expect(
        tokens[0].header("authorization")
          == "Basic " + Data("id:se/cret".utf8).base64EncodedString())
    }
  }

  @Test("a token is renewed before it expires, and once when it is refused")
  func renewal() async throws {
    let connector = try Self.connector(
      Self.clientCredentials, credentials: ["client_id", "client_secret"])
    try await VendorServer.serve { request, index in
      let bearer = request.header("authorization") ?? ""
      if request.path == "/token" {
        return .json(#"{"access_token":"t\#(index)","expires_in":100}"#)
      }
      switch request.query["page"] {
      case nil:
        // Then 90 seconds pass: t0 has ten left.
        return index == 1
          ? .json("{}", status: 429, headers: [("retry-after", "90")])
          : .json(#"[{"id":"1"}]"#, headers: [("link", "</api/items?page=2>; rel=next")])
      case "2":
        return bearer == "Bearer t3"
          ? .json("{}", status: 401)
          : .json(#"[{"id":"2"}]"#)
      default: return .json("{}", status: 400)
      }
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        connector, at: server, credentials: ["client_id": "id", "client_secret": "secret"])
      #expect(report.state(of: "items") == "complete 2")
      #expect(
        server.requests.map {
          "\($0.target) \($0.path == "/token" ? "" : $0.header("authorization") ?? "")"
        } == [
          "/token ", "/api/items Bearer t0", "/api/items Bearer t0", "/token ",
          "/api/items?page=2 Bearer t3", "/token ", "/api/items?page=2 Bearer t5",
        ])
    }
  }

  @Test("a scope that was not granted costs its collection, not the others")
  func scopes() async throws {
    let connector = try Self.connector(
      Self.clientCredentials, credentials: ["client_id", "client_secret"],
      collections:
        "items: { get: /items, permissions: [items.read] }\nothers: { get: /others, permissions: [others.read] }"
    )
    try await VendorServer.serve { request, _ in
      guard request.path == "/token" else { return .json("[]") }
      return String(decoding: request.body, as: UTF8.self).contains("others.read")
        ? .json(#"{"error":"invalid_scope","error_description":"not granted"}"#, status: 400)
        : .json(#"{"access_token":"t","expires_in":3600}"#)
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        connector, at: server, credentials: ["client_id": "id", "client_secret": "secret"])
      #expect(report.state(of: "items") == "complete 0")
      #expect(
        report.state(of: "others")
          == "denied 0: the credentials lack others.read: no token for it (“not granted”)")
    }
  }

  @Test("a refused client stores nothing, and says why without the secret")
  func refused() async throws {
    let connector = try Self.connector(
      Self.clientCredentials, credentials: ["client_id", "client_secret"])
    try await VendorServer.serve { _, _ in
      .json(
        #"{"error":"invalid_client","error_description":"unknown secret-value-123"}"#, status: 401)
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        connector, at: server,
        credentials: ["client_id": "id", "client_secret": "secret-value-123"])
      #expect(
        report.failure == "the credentials are not accepted for a token (“unknown REDACTED”)")
      #expect(!FileManager.default.fileExists(atPath: scene.folder + "/demo-one"))
    }
  }

  @Test("assertions: signed claims that the vendor can verify", arguments: ["RS256", "PS256"])
  func assertion(algorithm: String) async throws {
    let key = try Insecure.RSA.PrivateKey(pem: TestKey.rsa)
    let keys = await JWTKeyCollection()
      .add(rsa: key.publicKey, digestAlgorithm: .sha256, kid: "RS256")
      .add(pss: key.publicKey, digestAlgorithm: .sha256, kid: "PS256")
    let connector = try Self.connector(
      """
      - name: service account
        token:
          url: https://{domain}/token
          form: { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: '{assertion}' }
          assertion:
            algorithm: \(algorithm)
            key: '{account.private_key}'
            keyID: \(algorithm)
            issuer: '{account.client_email}'
            subject: '{admin}'
            audience: https://{domain}/token
            claims: { scope: '{scopes}' }
            lifetime: 1h
      """, credentials: ["account", "admin"],
      collections: "items: { get: /items, permissions: [items.read] }")
    let said = Mutex<String?>(nil)
    try await VendorServer.serve { request, _ in
      guard request.path == "/token" else { return .json("[]") }
      let body = String(decoding: request.body, as: UTF8.self)
      said.withLock { $0 = body.components(separatedBy: "assertion=").last }
      return .json(#"{"access_token":"t","expires_in":"3600"}"#)
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let escaped = TestKey.rsa.replacing("\n", with: "\\n")
      let report = try await scene.observe(
        connector, at: server,
        credentials: [
          "account": #"{"client_email":"robot@x.example","private_key":"\#(escaped)"}"#,
          "admin": "admin@x.example",
        ])
      #expect(report.isComplete)
      let token = try #require(said.withLock { $0 })
      let claims = try await keys.unverified(token, as: TestClaims.self)
      #expect(claims.iss == "robot@x.example")
      #expect(claims.sub == "admin@x.example")
      #expect(claims.aud == "https://\(server.authority)/token")
      #expect(claims.scope == "items.read")
      #expect(claims.exp - claims.iat == 3_600)
      _ = try await keys.verify(token, as: TestClaims.self)
    }
  }

  @Test("a GitHub App: its assertion as a header, an expiry as a time")
  func gitHubApp() async throws {
    let key = try Insecure.RSA.PrivateKey(pem: TestKey.rsa)
    let keys = await JWTKeyCollection().add(rsa: key.publicKey, digestAlgorithm: .sha256)
    let github = try #require(Library.builtIn(diagnostics: .init()).connectors["github"])
    let said = Mutex<String?>(nil)
    try await VendorServer.serve { request, _ in
      if request.path == "/app/installations/42/access_tokens" {
        said.withLock { $0 = request.header("authorization") }
        return .json(#"{"token":"ghs_x","expires_at":"2026-05-28T21:26:40Z"}"#, status: 201)
      }
      return request.header("authorization") == "Bearer ghs_x"
        && request.header("x-github-api-version") != nil
        ? .json(#"{"login":"contoso"}"#) : .json("{}", status: 401)
    } _: { server in
      var scene = Scene()
      scene.options.collections = ["organization"]
      scene.options.allowedHosts = [try AllowedHost(server.origin)]
      defer { scene.remove() }
      let report = await Observer.observe(
        try #require(
          TestConnector.instance(
            app: "github", parameters: ["org": "contoso", "api": server.authority])),
        connector: github,
        credentials: Credentials([
          "app_id": "7", "installation_id": "42",
          "private_key": TestKey.rsa.replacing("\n", with: "\\n"),
        ]), options: scene.options)
      #expect(report.state(of: "organization") == "complete 1")
      let token = try #require(said.withLock { $0 }?.dropFirst("Bearer ".count))
      #expect(try await keys.unverified(String(token), as: TestClaims.self).iss == "7")
    }
  }

  @Test("says which variables are missing, for every way in")
  func missing() async throws {
    let github = try #require(Library.builtIn(diagnostics: .init()).connectors["github"])
    #expect(
      throws: ObservationFault(
        """
        no credentials for instance 'gh-eu'; set one of
          GitHub App: PLUMB_GH_EU_APP_ID, PLUMB_GH_EU_INSTALLATION_ID, PLUMB_GH_EU_PRIVATE_KEY
          token: PLUMB_GH_EU_TOKEN
        or give them with --credentials
        """)
    ) { try Authenticator.choose(github, credentials: Credentials([:]), instance: "gh-eu") }
  }

  @Test("a secret with a line break ends no header")
  func injection() async throws {
    try await VendorServer.serve { _, _ in
      .json("[]")
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        "items: { get: /items }", at: server, credentials: ["token": "a\r\nX-Evil: 1"])
      #expect(report.failure == "a credential for 'token' is missing or holds line breaks")
      #expect(server.requests.isEmpty)
    }
  }
}

private struct TestClaims: JWTPayload {
  let iss: String
  var sub: String?
  var aud: String?
  var scope: String?
  let iat: Int
  let exp: Int

  func verify(using algorithm: some JWTAlgorithm) async throws {}
}
