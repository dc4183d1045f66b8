import Foundation
import Posture
import TestSupport
import Testing
import YAML

@testable import Observation

@Suite("Grants of tokens")
struct GrantTests {
  private static let jwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer"
  private static let clientAssertion = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
  /// In an environment variable, line breaks are often escaped.
  private static let rsaKey = TestKey.rsa.replacingOccurrences(of: "\n", with: "\\n")

  static let grants = [
    // https://developers.google.com/identity/protocols/oauth2/service-account
    Grant(
      testDescription: "Google service account",
      authentication: """
        - name: service account
          token:
            url: https://{domain}/token
            form: { grant_type: '\(jwtBearer)', assertion: '{assertion}' }
            assertion:
              key: '{key.private_key}'
              keyID: '{key.private_key_id}'
              issuer: '{key.client_email}'
              subject: '{admin}'
              audience: https://oauth2.googleapis.com/token
              claims: { scope: '{scopes}' }
              lifetime: 1h
        """,
      credentials: [
        "key":
          #"{"client_email":"robot@x.example","private_key_id":"k1","private_key":"\#(rsaKey)"}"#,
        "admin": "admin@x.example",
      ],
      form: ["grant_type": jwtBearer],
      claims: [
        "iss": "robot@x.example", "sub": "admin@x.example", "scope": "items.read",
        "aud": "https://oauth2.googleapis.com/token",
      ], header: ["alg": "RS256", "kid": "k1", "typ": "JWT"], lifetime: 3_600),
    // https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_jwt_flow.htm
    Grant(
      testDescription: "Salesforce JWT bearer, which does not say when a token expires",
      authentication: """
        - name: connected app
          token:
            url: https://{domain}/token
            form: { grant_type: '\(jwtBearer)', assertion: '{assertion}' }
            assertion:
              key: '{private_key}'
              issuer: '{client_id}'
              subject: '{user}'
              audience: https://login.salesforce.com
              lifetime: 3m
        """,
      credentials: [
        "client_id": "consumer-key", "user": "plumb@x.example", "private_key": rsaKey,
      ],
      form: ["grant_type": jwtBearer],
      claims: [
        "iss": "consumer-key", "sub": "plumb@x.example", "aud": "https://login.salesforce.com",
      ], header: ["alg": "RS256", "typ": "JWT"], lifetime: 180,
      answer: { token, _ in
        #"{"access_token":"\#(token)","instance_url":"https://x.my.salesforce.com"}"#
      }, tellsExpiry: false),
    // https://developers.docusign.com/platform/auth/jwt-grant/
    Grant(
      testDescription: "DocuSign JWT grant, with the expiry as text",
      authentication: """
        - name: integration
          token:
            url: https://{domain}/oauth/token
            form: { grant_type: '\(jwtBearer)', assertion: '{assertion}' }
            assertion:
              key: '{private_key}'
              issuer: '{integration_key}'
              subject: '{user_id}'
              audience: account.docusign.com
              claims: { scope: signature impersonation }
              lifetime: 1h
        """,
      credentials: ["integration_key": "ik", "user_id": "guid", "private_key": TestKey.rsa],
      path: "/oauth/token", form: ["grant_type": jwtBearer],
      claims: [
        "iss": "ik", "sub": "guid", "aud": "account.docusign.com",
        "scope": "signature impersonation",
      ], header: ["alg": "RS256", "typ": "JWT"], lifetime: 3_600,
      answer: { token, _ in #"{"access_token":"\#(token)","expires_in":"100"}"# }),
    // https://developers.zoom.us/docs/internal-apps/s2s-oauth/
    Grant(
      testDescription: "Zoom account credentials",
      authentication: """
        - name: server-to-server
          token:
            url: https://{domain}/oauth/token
            basic: { user: '{client_id}', password: '{client_secret}' }
            form: { grant_type: account_credentials, account_id: '{account_id}' }
        """,
      credentials: ["client_id": "c", "client_secret": "s:/+&=0123", "account_id": "a b"],
      path: "/oauth/token", form: ["grant_type": "account_credentials", "account_id": "a b"],
      authorization: "Basic " + Data("c:s:/+&=0123".utf8).base64EncodedString()),
    // https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app
    Grant(
      testDescription: "GitHub App installation, with the expiry as a time",
      authentication: """
        - name: app
          token:
            url: https://{domain}/app/installations/{installation_id}/access_tokens
            headers: { Authorization: 'Bearer {assertion}' }
            assertion: { key: '{private_key}', issuer: '{app_id}', lifetime: 9m }
            tokenAt: /token
            expiresAt: /expires_at
        """,
      credentials: ["app_id": "7", "installation_id": "42", "private_key": rsaKey],
      path: "/app/installations/42/access_tokens", claims: ["iss": "7"],
      header: ["alg": "RS256", "typ": "JWT"], lifetime: 540,
      answer: { token, expires in
        #"{"token":"\#(token)","expires_at":"\#(Instant(secondsSince1970: Int(expires)))"}"#
      }),
    // RFC 7523, 2.2, as Okta's service apps use it
    Grant(
      testDescription: "client assertion",
      authentication: """
        - name: service app
          token:
            url: https://{domain}/token
            form:
              grant_type: client_credentials
              scope: '{scopes}'
              client_assertion_type: '\(clientAssertion)'
              client_assertion: '{assertion}'
            assertion:
              key: '{private_key}'
              keyID: '{key_id}'
              issuer: '{client_id}'
              subject: '{client_id}'
              audience: https://contoso.okta.com/oauth2/v1/token
              lifetime: 5m
        """,
      credentials: ["client_id": "0oa1", "key_id": "k", "private_key": TestKey.rsa],
      form: [
        "grant_type": "client_credentials", "scope": "items.read",
        "client_assertion_type": clientAssertion,
      ],
      claims: [
        "iss": "0oa1", "sub": "0oa1", "aud": "https://contoso.okta.com/oauth2/v1/token",
      ], header: ["alg": "RS256", "kid": "k", "typ": "JWT"], lifetime: 300),
    // https://learn.microsoft.com/entra/identity-platform/certificate-credentials
    Grant(
      testDescription: "client assertion with a certificate",
      authentication: """
        - name: certificate
          token:
            url: https://{domain}/token
            form: { grant_type: client_credentials, client_id: '{client_id}', client_assertion: '{assertion}' }
            assertion:
              algorithm: PS256
              key: '{private_key}'
              certificate: '{certificate}'
              issuer: '{client_id}'
              subject: '{client_id}'
              audience: https://login.microsoftonline.com/x/oauth2/v2.0/token
              lifetime: 10m
        """,
      credentials: [
        "client_id": "app", "private_key": TestKey.rsa, "certificate": TestKey.certificate,
      ],
      form: ["grant_type": "client_credentials", "client_id": "app"],
      claims: [
        "iss": "app", "sub": "app", "aud": "https://login.microsoftonline.com/x/oauth2/v2.0/token",
      ],
      // openssl x509 -outform der | openssl dgst -sha256 -binary | basenc --base64url
      header: [
        "alg": "PS256", "typ": "JWT", "x5t#S256": "MJlSofNF36wd1U-S_a65sHe8k_dbOoTktfwrXdSIJ3I",
      ], lifetime: 600),
    Grant(
      testDescription: "client assertion on an elliptic curve",
      authentication: """
        - name: service app
          token:
            url: https://{domain}/token
            form: { grant_type: client_credentials, client_assertion: '{assertion}' }
            assertion: { algorithm: ES256, key: '{private_key}', issuer: '{client_id}', subject: '{client_id}' }
        """,
      credentials: ["client_id": "ec", "private_key": TestKey.ec],
      form: ["grant_type": "client_credentials"], claims: ["iss": "ec", "sub": "ec"],
      header: ["alg": "ES256", "typ": "JWT"], lifetime: 300),
    // https://developer.zendesk.com/documentation/api-basics/authentication/oauth-client-credentials/
    Grant(
      testDescription: "Zendesk client credentials, in JSON",
      authentication: """
        - name: client
          token:
            url: https://{domain}/oauth/tokens
            json: { grant_type: client_credentials, client_id: '{client_id}', client_secret: '{client_secret}' }
        """,
      credentials: ["client_id": "plumb", "client_secret": #"s:\"&=0123\n"#],
      path: "/oauth/tokens",
      form: [
        "grant_type": "client_credentials", "client_id": "plumb",
        "client_secret": #"s:\"&=0123\n"#,
      ], isJSON: true),
  ]

  @Test(
    "ask as the vendor documents it, renew before a token expires, and once when one is refused",
    arguments: grants)
  func grant(_ grant: Grant) async throws {
    let scene = Scene()
    defer { scene.remove() }
    try await VendorServer.serve { request, index in
      if request.path == grant.path {
        return .json(grant.answer("token-number-\(index)", scene.pace.now + 100))
      }
      switch request.query["page"] {
      case nil:
        // Then 90 seconds pass: of the token's 100 ten are left.
        return index == 1
          ? .json("{}", status: 429, headers: [("retry-after", "90")])
          : .json(#"[{"id":"1"}]"#, headers: [("link", "</api/items?page=2>; rel=next")])
      default:
        let isFirst =
          request.header("authorization")
          == (grant.tellsExpiry ? "Bearer token-number-3" : "Bearer token-number-0")
        return isFirst ? .json("{}", status: 401) : .json(#"[{"id":"2"}]"#)
      }
    } _: { server in
      let report = try await scene.observe(
        grant.connector(), at: server, credentials: grant.credentials)
      #expect(report.state(of: "items") == "complete 2", "\(report.failureText ?? "")")
      let sequence = server.requests.map { request in
        request.path == grant.path ? "token" : request.header("authorization") ?? "none"
      }
      #expect(
        sequence
          == (grant.tellsExpiry
            ? [
              "token", "Bearer token-number-0", "Bearer token-number-0", "token",
              "Bearer token-number-3",
              "token", "Bearer token-number-5",
            ]
            : [
              "token", "Bearer token-number-0", "Bearer token-number-0", "Bearer token-number-0",
              "token", "Bearer token-number-4",
            ]))
      var identifiers: Set<String> = []
      let asked = server.requests.filter { $0.path == grant.path }
      for request in asked {
        #expect(request.method == "POST")
        let assertion = try expect(request, grant)
        guard let assertion else { continue }
        try await Grant.verify(assertion)
        identifiers.insert(try #require(try Grant.part(1, of: assertion)["jti"]))
      }
      #expect(grant.claims.isEmpty || identifiers.count == asked.count)
    }
  }

  /// Checks what was posted.
  ///
  /// - Returns: The assertion in it.
  private func expect(_ request: VendorServer.Request, _ grant: Grant) throws -> String? {
    var form = try grant.fields(of: request)
    let inForm =
      form.removeValue(forKey: "assertion") ?? form.removeValue(forKey: "client_assertion")
    #expect(form == grant.form)
    if let authorization = grant.authorization {
      #expect(request.header("authorization") == authorization)
    }
    guard !grant.claims.isEmpty else { return nil }
    let inHeader = request.header("authorization").map { String($0.dropFirst("Bearer ".count)) }
    let assertion = try #require(inForm ?? inHeader)
    var claims = try Grant.part(1, of: assertion)
    let issued = try #require(claims.removeValue(forKey: "iat").flatMap { Int($0) })
    let expires = try #require(claims.removeValue(forKey: "exp").flatMap { Int($0) })
    #expect(expires - issued == grant.lifetime)
    // Not in the future for a vendor whose clock is a little behind.
    #expect((1_779_999_940...1_780_000_030).contains(issued))
    claims["jti"] = nil
    #expect(claims == grant.claims)
    #expect(try Grant.part(0, of: assertion) == grant.header)
    return assertion
  }

  @Test("a token that is refused again and again is asked for once more, then never")
  func refusedTwice() async throws {
    try await VendorServer.serve { request, index in
      request.path == "/token"
        ? .json(#"{"access_token":"token-number-\#(index)","expires_in":3600}"#)
        : .json(#"{"message":"no"}"#, status: 401)
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      let report = try await scene.observe(
        Self.grants[5].connector(), at: server, credentials: Self.grants[5].credentials)
      #expect(report.failureText == "the credentials are not accepted (“no”)")
      #expect(
        server.requests.map { $0.path == "/token" ? "token" : $0.header("authorization") ?? "" }
          == ["token", "Bearer token-number-0", "token", "Bearer token-number-2"])
    }
  }

  @Test(
    "a key that cannot sign is said without being quoted",
    arguments: [
      "not a key", "-----BEGIN PRIVATE KEY-----\\nMIIBVgIBADAN\\n-----END PRIVATE KEY-----",
    ])
  func badKey(key: String) async throws {
    try await VendorServer.serve { _, _ in
      .json("{}")
    } _: { server in
      let scene = Scene()
      defer { scene.remove() }
      var credentials = Self.grants[5].credentials
      credentials["private_key"] = key
      let report = try await scene.observe(
        Self.grants[5].connector(), at: server, credentials: credentials)
      #expect(
        report.failureText
          == "the private key is none for RS256: PEM, PKCS #8 or PKCS #1, is expected")
      #expect(server.requests.isEmpty)
    }
  }
}
