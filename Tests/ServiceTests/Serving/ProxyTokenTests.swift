#if Service
import Foundation
import JSON
import JWTKit
import Testing

@testable import Service

/// Tokens of a proxy, good and forged.
@Suite("Tokens of a proxy")
struct ProxyTokenTests {
  private struct Claims: JWTPayload {
    var iss: String? = "https://issuer.example"
    var aud: [String]? = ["plumb"]
    var exp: Double? = 1_000_100
    var nbf: Double?
    var iat: Double?
    var sub: String? = "ann"
    var email: String?
    func verify(using algorithm: some JWTAlgorithm) {}
  }

  private static let key = ES256PrivateKey()
  private static let other = ES256PrivateKey()

  private static func jwks(_ key: ES256PrivateKey, kid: String = "one", more: String = "") throws
    -> [UInt8]
  {
    let point = try #require(key.publicKey.parameters)
    func url(_ text: String) -> String {
      text.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
    return Array(
      #"{"keys":[{"kty":"EC","crv":"P-256","kid":"\#(kid)","x":"\#(url(point.x))","y":"\#(url(point.y))"\#(more)}]}"#
        .utf8)
  }

  private static func tokens() async throws -> ProxyTokens {
    try await ProxyTokens(
      jwks: try jwks(key), issuer: "https://issuer.example", audience: "plumb", now: { 1_000_000 })
  }

  private static func sign(
    _ claims: Claims, with key: ES256PrivateKey = key, kid: String? = "one",
    header: JWTHeader = JWTHeader()
  ) async throws -> String {
    let keys = await JWTKeyCollection().add(ecdsa: key, kid: "one")
    var header = header
    header.kid = kid
    let text = try await keys.sign(claims, header: header)
    return text
  }

  @Test("that the issuer signed for us name who asks")
  func good() async throws {
    let tokens = try await Self.tokens()
    #expect(await tokens.subject(of: try await Self.sign(Claims())) == "ann")
    let mailed = try await Self.sign(Claims(aud: ["x", "plumb"], email: "ann@acme.example"))
    #expect(await tokens.subject(of: mailed) == "ann@acme.example")
    // Clocks differ by a little.
    #expect(await tokens.subject(of: try await Self.sign(Claims(exp: 999_980))) == "ann")
  }

  @Test(
    "that say something else name nobody",
    arguments: [
      "issuer", "no issuer", "audience", "no audience", "empty audience", "expired", "no end",
      "not yet", "from the future", "nobody",
    ])
  func claims(what: String) async throws {
    var claims = Claims()
    switch what {
    case "issuer": claims.iss = "https://issuer.example.evil"
    case "no issuer": claims.iss = nil
    case "audience": claims.aud = ["plum"]
    case "no audience": claims.aud = nil
    case "empty audience": claims.aud = []
    case "expired": claims.exp = 999_900
    case "no end": claims.exp = nil
    case "not yet": claims.nbf = 1_000_100
    case "from the future": claims.iat = 1_000_100
    default: claims.sub = nil
    }
    let token = try await Self.sign(claims)
    let tokens = try await Self.tokens()
    #expect(await tokens.subject(of: token) == nil)
  }

  @Test("that are forged name nobody")
  func forged() async throws {
    let tokens = try await Self.tokens()
    #expect(await tokens.subject(of: try await Self.sign(Claims(), with: Self.other)) == nil)
    #expect(await tokens.subject(of: try await Self.sign(Claims(), kid: nil)) == nil)
    #expect(await tokens.subject(of: try await Self.sign(Claims(), kid: "two")) == nil)
    var critical = JWTHeader()
    critical.crit = ["exp"]
    #expect(await tokens.subject(of: try await Self.sign(Claims(), header: critical)) == nil)
    let good = try await Self.sign(Claims())
    let parts = good.split(separator: ".").map(String.init)
    func head(_ json: String) -> String {
      Data(json.utf8).base64EncodedString().replacing("=", with: "").replacing("+", with: "-")
        .replacing("/", with: "_")
    }
    // No algorithm; a shared secret that is the public key; a byte that differs; parts that are not there.
    let secret = String(decoding: try Self.jwks(Self.key), as: UTF8.self)
    let shared = await JWTKeyCollection().add(
      hmac: HMACKey(stringLiteral: secret), digestAlgorithm: .sha256, kid: "one")
    var headed = JWTHeader()
    headed.kid = "one"
    let texts = [
      head(#"{"alg":"none","kid":"one"}"#) + ".\(parts[1]).",
      head(#"{"alg":"None","kid":"one"}"#) + ".\(parts[1]).\(parts[2])",
      head(#"{"alg":"HS256","kid":"one"}"#) + ".\(parts[1]).\(parts[2])",
      try await shared.sign(Claims(), header: headed),
      "\(parts[0]).\(head(#"{"iss":"https://issuer.example","aud":"plumb","exp":2000000,"sub":"root"}"#)).\(parts[2])",
      "\(parts[0]).\(parts[1])", "\(good).x", "", "..", "a.b.c",
      String(repeating: ".", count: 9_000),
    ]
    for text in texts { #expect(await tokens.subject(of: text) == nil, "\(text.prefix(60))") }
  }

  @Test("are taken from the one header field that has them, once")
  func served() async throws {
    let tokens = try await Self.tokens()
    let good = try await Self.sign(Claims())
    let forged = try await Self.sign(Claims(), with: Self.other)
    let name = "Cf-Access-Jwt-Assertion"
    try await ServedCompany.shared().serving(
      authentication: .proxyTokens(tokens, header: name)
    ) { served in
      let rows: [([(String, String)], UInt)] = [
        ([(name, good)], 200), ([], 401), ([(name, forged)], 401), ([(name, "")], 401),
        ([("Authorization", "Bearer \(good)")], 401), ([(name, forged), (name, good)], 400),
        ([(name, good), ("Cf_Access_Jwt_Assertion", forged)], 400),
      ]
      for (headers, status) in rows {
        let answer = try await served.asking.ask("/", headers: headers)
        #expect(answer.status == status, "\(headers.map(\.0))")
      }
      #expect(served.lines.all.first?.contains("\"who\":\"ann\"") == true)
      #expect(!served.lines.all.joined().contains(good.suffix(20)))
    }
    try await ServedCompany.shared().serving(
      authentication: .proxyTokens(tokens, header: nil)
    ) { served in
      for (token, status) in [(good, 200), (forged, 401)] as [(String, UInt)] {
        let answer = try await served.asking.ask(
          "/api/v1/report", headers: [("Authorization", "Bearer \(token)")])
        #expect(answer.status == status)
      }
    }
  }

  @Test("follow the keys of the file, and those alone")
  func rotation() async throws {
    let tokens = try await Self.tokens()
    let old = try await Self.sign(Claims())
    try await tokens.replaceKeys(try Self.jwks(Self.other))
    #expect(await tokens.subject(of: old) == nil)
    #expect(await tokens.subject(of: try await Self.sign(Claims(), with: Self.other)) == "ann")
  }

  @Test(
    "are checked with public keys for signatures alone",
    arguments: [
      "{", "{}", #"{"keys":[]}"#, #"{"keys":[{"kty":"oct","kid":"a","k":"AAAA"}]}"#,
      #"{"keys":[{"kty":"oct","kid":"a"}]}"#,
      #"{"keys":[{"kty":"RSA","kid":"a","n":"AQAB","e":"AQAB"}]}"#,
      #"{"keys":[{"kty":"EC","crv":"P-256","x":"","y":""}]}"#,
    ])
  func files(text: String) async throws {
    await #expect(throws: ProxyTokens.Fault.self) {
      try await ProxyTokens(jwks: Array(text.utf8), issuer: "i", audience: "a")
    }
    let wrong = try Self.jwks(Self.key, more: #","alg":"RS256""#)
    await #expect(throws: ProxyTokens.Fault.self) {
      try await ProxyTokens(jwks: wrong, issuer: "i", audience: "a")
    }
  }
}
#endif
