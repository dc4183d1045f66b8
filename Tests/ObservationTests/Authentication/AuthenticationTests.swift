import Connectors
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
        for name in credentials {
          text +=
            "    \(name): { description: x, secret: \(!name.hasSuffix("_id") && name != "email") }\n"
        }
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
        connector, at: server, credentials: ["email": "a@b.example", "api_key": "k:1234567"])
      #expect(
        server.requests.map { $0.header("authorization") }
          == ["Basic " + Data("a@b.example/token:k:1234567".utf8).base64EncodedString()])
    }
  }

  private static let client = ["client_id": "id", "client_secret": "secret-value-123"]

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
        ? .json(#"{"access_token":"token-number-1","expires_in":3600}"#)
        : request.header("authorization") == "Bearer token-number-1"
          ? .json("[]") : .json("{}", status: 401)
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        connector, at: server, credentials: ["client_id": "id", "client_secret": "se/cret-0123"])
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
          == "Basic " + Data("id:se/cret-0123".utf8).base64EncodedString())
    }
  }

  @Test(
    "a scope that was not granted costs its collection, not the others",
    arguments: ["invalid_scope", "consent_required"])
  func scopes(error: String) async throws {
    let connector = try Self.connector(
      Self.clientCredentials, credentials: ["client_id", "client_secret"],
      collections:
        "items: { get: /items, permissions: [items.read] }\nothers: { get: /others, permissions: [others.read] }"
    )
    try await VendorServer.serve { request, _ in
      guard request.path == "/token" else { return .json("[]") }
      return String(decoding: request.body, as: UTF8.self).contains("others.read")
        ? .json(#"{"error":"\#(error)","error_description":"not granted"}"#, status: 400)
        : .json(#"{"access_token":"t-0123456789","expires_in":3600}"#)
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        connector, at: server, credentials: ["client_id": "id", "client_secret": "secret-0123"])
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
      let report = try await scene.observe(connector, at: server, credentials: Self.client)
      #expect(
        report.failureText == "the credentials are not accepted for a token (“unknown REDACTED”)")
      #expect(!FileManager.default.fileExists(atPath: scene.folder + "/demo-one"))
    }
  }

  @Test(
    "a tenant that tells the token which it issued is masked in what is said once the conversation is over"
  )
  func toldToken() async throws {
    let connector = try Self.connector(
      Self.clientCredentials, credentials: ["client_id", "client_secret"])
    let token = "a-token-that-was-issued-0123"
    try await VendorServer.serve { request, _ in
      request.path.contains("token")
        ? .json(#"{"access_token":"\#(token)","expires_in":1,"token_type":"Bearer"}"#)
        : .json(#"{"message":"no, \#(token) may not"}"#, status: 403)
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(connector, at: server, credentials: Self.client)
      let text = try #require(report.failureText)
      #expect(text.contains("no, REDACTED may not"), "\(text)")
      // The process's gate knows it for a while: whoever says more of it is masked too.
      #expect(SecretGate.process.telling(token) == "REDACTED")
    }
  }

  @Test("a GitHub App: its assertion as a header, an expiry as a time")
  func gitHubApp() async throws {
    let key = try Insecure.RSA.PrivateKey(pem: TestKey.rsa)
    let keys = await JWTKeyCollection().add(rsa: key.publicKey, digestAlgorithm: .sha256)
    let github = try #require(DecodedCatalog.builtIn(diagnostics: .init()).connectors["github"])
    let said = Mutex<String?>(nil)
    try await VendorServer.serve { request, _ in
      if request.path == "/app/installations/42/access_tokens" {
        said.withLock { $0 = request.header("authorization") }
        return .json(#"{"token":"ghs_x012345","expires_at":"2026-05-28T21:26:40Z"}"#, status: 201)
      }
      return request.header("authorization") == "Bearer ghs_x012345"
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
    let github = try #require(DecodedCatalog.builtIn(diagnostics: .init()).connectors["github"])
    #expect(
      throws: Fault(
        .noCredentials,
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
      #expect(report.failureText == "a credential for 'token' is missing or holds line breaks")
      #expect(server.requests.isEmpty)
    }
  }
}

private struct TestClaims: JWTPayload {
  let iss: String

  func verify(using algorithm: some JWTAlgorithm) async throws {}
}
