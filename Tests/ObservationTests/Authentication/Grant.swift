import Connectors
import Foundation
import JSON
import JWTKit
import Posture
import TestSupport
import Testing

@testable import Observation

/// A way to get a token as a vendor documents it, and what the vendor then receives.
struct Grant: Sendable, CustomTestStringConvertible {
  var testDescription: String
  /// The entry below `authentication`.
  let authentication: String
  let credentials: [String: String]
  var path = "/token"
  /// The form's fields without the assertion.
  var form: [String: String] = [:]
  /// Whether they are an object of JSON instead.
  var isJSON = false
  /// `Authorization` of the request of a token, when it is no assertion.
  var authorization: String?
  /// What the assertion claims and says in its header, without times and `jti`.
  var claims: [String: String] = [:]
  var header: [String: String] = [:]
  /// Seconds that the assertion is good for.
  var lifetime = 0
  /// The answer: token and time of expiry in seconds since 1970.
  var answer: @Sendable (String, Double) -> String = { token, _ in
    #"{"access_token":"\#(token)","expires_in":100,"token_type":"Bearer"}"#
  }
  /// Whether the answer says when the token expires.
  var tellsExpiry = true

  /// A connector with this way in and one collection.
  func connector() throws -> Connector {
    let fields = credentials.keys.sorted().map { name in
      let isShown = name.hasSuffix("_id") || name == "integration_key"
      return "  \(name): { description: x, secret: \(!isShown) }"
    }
    let yaml = Declare.document(
      "Connector", "demo",
      """
      displayName: Demo
      parameters:
        domain: { description: Where it is }
      baseURL: https://{domain}/api
      credentials:
      \(fields.joined(separator: "\n"))
      authentication:
      \(authentication.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
      pagination: link
      collections:
        items: { get: /items, permissions: [items.read] }
      """)
    return try #require(TestConnector.connector(yaml, origin: .catalog))
  }

  // MARK: What arrived

  /// The fields that were posted, in the format that the vendor takes.
  func fields(of request: VendorServer.Request) throws -> [String: String] {
    #expect(
      form.isEmpty
        || request.header("content-type")
          == (isJSON ? "application/json" : "application/x-www-form-urlencoded")
    )
    guard isJSON else { return Self.form(request.body) }
    let members = try JSONView(parsing: request.body).members
    return Dictionary(members.map { ($0.0, $0.1.string ?? "?") }) { first, _ in first }
  }

  /// The form that was posted.
  static func form(_ body: [UInt8]) -> [String: String] {
    let text = String(decoding: body, as: UTF8.self).replacingOccurrences(of: "+", with: " ")
    return Dictionary(
      text.split(separator: "&").map { field in
        let parts = field.split(separator: "=", maxSplits: 1).map(String.init)
        return (parts[0], (parts.count > 1 ? parts[1] : "").removingPercentEncoding ?? "?")
      }, uniquingKeysWith: { first, _ in first })
  }

  /// One part of a JWT, texts and numbers as text.
  static func part(_ index: Int, of token: String) throws -> [String: String] {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    try #require(parts.count == 3)
    var text = parts[index].replacingOccurrences(of: "-", with: "+")
      .replacingOccurrences(of: "_", with: "/")
    text += String(repeating: "=", count: (4 - text.count % 4) % 4)
    let view = try JSONView(parsing: Array(try #require(Data(base64Encoded: text))))
    return Dictionary(
      view.members.map { ($0.0, $0.1.string ?? $0.1.int64.map(String.init) ?? "?") },
      uniquingKeysWith: { first, _ in first })
  }

  /// Fails when none of the tests' keys signed it.
  static func verify(_ token: String) async throws {
    let rsa = try Insecure.RSA.PrivateKey(pem: TestKey.rsa).publicKey
    let keys = JWTKeyCollection()
    switch try part(0, of: token)["alg"] {
    case "PS256": await keys.add(pss: rsa, digestAlgorithm: .sha256)
    case "ES256": await keys.add(ecdsa: try ES256PrivateKey(pem: TestKey.ec).publicKey)
    default: await keys.add(rsa: rsa, digestAlgorithm: .sha256)
    }
    struct Anything: JWTPayload { func verify(using algorithm: some JWTAlgorithm) async throws {} }
    // Whatever key the header names: there is one.
    _ = try await keys.verify(token, as: Anything.self)
  }
}
