#if Service
private import Foundation
internal import JSON
internal import JWTKit
private import Synchronization

/// Tokens in which a proxy says who its visitor is, signed by whom the visitor signed in with: nobody who reaches the port can
/// forge one.
///
/// Keys come from a file alone, never from an address that a token names. A token's algorithm is the one of its key: `none`, and a
/// public key taken for a shared secret, are refused before anything is computed.
package final class ProxyTokens: Sendable {
  /// Why a file of keys is not taken.
  package struct Fault: Error, CustomStringConvertible {
    package let description: String
  }

  private struct Keys: Sendable {
    let collection: JWTKeyCollection
    /// By the key's identifier.
    let algorithms: [String: String]
  }

  private let keys: Mutex<Keys>
  private let issuer: String
  private let audience: String
  private let now: @Sendable () -> Double

  /// Seconds by which clocks may differ.
  private static let leeway = 30.0

  /// - Parameters:
  ///   - jwks: A JSON Web Key Set (RFC 7517).
  ///   - now: Seconds since 1970; the clock, unless a test says otherwise.
  package init(
    jwks: [UInt8], issuer: String, audience: String,
    now: @escaping @Sendable () -> Double = { Date().timeIntervalSince1970 }
  ) async throws(Fault) {
    keys = Mutex(try await Self.keys(in: jwks))
    self.issuer = issuer
    self.audience = audience
    self.now = now
  }

  /// Takes other keys from now on: proxies change theirs.
  package func replaceKeys(_ jwks: [UInt8]) async throws(Fault) {
    let new = try await Self.keys(in: jwks)
    keys.withLock { $0 = new }
  }

  /// The name of who a token is about: the address of mail, or else the subject; nil where it proves nothing.
  func subject(of token: String) async -> String? {
    let keys = keys.withLock(\.self)
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let header = Self.object(parts[0]),
      header["crit"] == nil, let kid = header["kid"]?.string, let algorithm = keys.algorithms[kid],
      header["alg"]?.string == algorithm
    else { return nil }
    guard let claims = try? await keys.collection.verify(token, as: Claims.self) else { return nil }
    let now = now()
    guard claims.iss == issuer, claims.aud.names.contains(audience),
      claims.exp > now - Self.leeway, (claims.nbf ?? 0) <= now + Self.leeway,
      (claims.iat ?? 0) <= now + Self.leeway
    else { return nil }
    guard let name = claims.email ?? claims.sub, !name.isEmpty else { return nil }
    return name
  }

  private static func object(_ part: Substring) -> JSONValue? {
    var text = String(part.replacing("-", with: "+").replacing("_", with: "/"))
    text += String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    guard let bytes = Data(base64Encoded: text).map(Array.init),
      let view = try? JSONView(parsing: bytes)
    else { return nil }
    return JSONValue(view)
  }

  // MARK: Claims

  private struct Claims: JWTPayload {
    let iss: String
    let aud: Audience
    let exp: Double
    let nbf: Double?
    let iat: Double?
    let sub: String?
    let email: String?

    /// What is claimed is compared with what is expected by who asks.
    func verify(using algorithm: some JWTAlgorithm) {}
  }

  /// One name or several (RFC 7519, section 4.1.3).
  private struct Audience: Codable, Sendable {
    let names: [String]

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      names =
        if let several = try? container.decode([String].self) { several } else {
          [try container.decode(String.self)]
        }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(names)
    }
  }

  // MARK: Keys

  private static func keys(in bytes: [UInt8]) async throws(Fault) -> Keys {
    guard let list = (try? JSONView(parsing: bytes)).flatMap({ JSONValue($0)["keys"]?.array })
    else { throw Fault(description: "it is no JSON Web Key Set: an object with 'keys'") }
    let collection = JWTKeyCollection()
    var algorithms: [String: String] = [:]
    for (index, key) in list.enumerated() where key["use"]?.string ?? "sig" == "sig" {
      let place = "keys[\(index)]"
      guard let kid = key["kid"]?.string, !kid.isEmpty, algorithms[kid] == nil else {
        throw Fault(description: "\(place) wants a 'kid' that no other has")
      }
      guard key["d"] == nil, key["k"] == nil else {
        throw Fault(
          description: "\(place) holds a secret: name the public keys of the issuer alone")
      }
      guard let algorithm = algorithm(of: key) else {
        throw Fault(
          description:
            "\(place) is of a kind that is not taken: RSA of 2048 bits or more, P-256, P-384, P-521, or Ed25519"
        )
      }
      do {
        var jwk = try JSONDecoder().decode(JWK.self, from: Data(key.bytes()))
        jwk.algorithm = JWK.Algorithm(rawValue: algorithm)
        try await collection.add(jwk: jwk)
      } catch {
        throw Fault(description: "\(place) cannot be read as a key")
      }
      algorithms[kid] = algorithm
    }
    guard !algorithms.isEmpty else { throw Fault(description: "it has no key for signatures") }
    return Keys(collection: collection, algorithms: algorithms)
  }

  /// The one algorithm of a key: the one it names where its kind can do that, or else the usual one of its kind.
  private static func algorithm(of key: JSONValue) -> String? {
    let fitting: [String]
    switch (key["kty"]?.string, key["crv"]?.string) {
    case ("RSA", _):
      // 2,048 bits are 342 characters of base64url.
      guard (key["n"]?.string?.utf8.count ?? 0) >= 342 else { return nil }
      fitting = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"]
    case ("EC", "P-256"?): fitting = ["ES256"]
    case ("EC", "P-384"?): fitting = ["ES384"]
    case ("EC", "P-521"?): fitting = ["ES512"]
    case ("OKP", "Ed25519"?): fitting = ["EdDSA"]
    default: return nil
    }
    guard let named = key["alg"]?.string else { return fitting[0] }
    return fitting.contains(named) ? named : nil
  }
}
#endif
