internal import Connectors
internal import Crypto
private import Foundation
internal import JWTKit
internal import Posture

/// Signs the JWTs that prove possession of a private key (RFC 7515, RFC 7519, RFC 7523).
struct AssertionSigner: Sendable {
  let assertion: TokenGrant.Assertion

  /// The claims as JSON, for a service that signs them.
  func claims(
    now: Double, identifier: String, _ value: @Sendable (String) -> String?
  ) throws(Fault) -> String {
    let claims = Claims(values: try values(now: now, identifier: identifier, value))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let json = try? encoder.encode(claims) else {
      throw Fault(.refusedCredentials, "the assertion's claims cannot be written")
    }
    return String(decoding: json, as: UTF8.self)
  }

  private func filled(
    _ template: Template, _ what: String, _ value: @Sendable (String) -> String?
  ) throws(Fault) -> String {
    guard let text = template.filled(value) else {
      throw Fault(.refusedCredentials, "the assertion's \(what) is not among the credentials")
    }
    return text
  }

  private func values(
    now: Double, identifier: String, _ value: @Sendable (String) -> String?
  ) throws(Fault) -> [String: JWTHeaderField] {
    var claims: [String: JWTHeaderField] = [
      "iss": .string(try filled(assertion.issuer, "issuer", value)),
      // A minute back: the vendor's clock may be behind.
      "iat": .int(Int(now) - 60),
      "exp": .int(Int(now) + assertion.lifetime - 60),
      "jti": .string(identifier),
    ]
    if let subject = assertion.subject {
      claims["sub"] = .string(try filled(subject, "subject", value))
    }
    if let audience = assertion.audience {
      claims["aud"] = .string(try filled(audience, "audience", value))
    }
    for (name, template) in assertion.claims {
      claims[name] = .string(try filled(template, name, value))
    }
    return claims
  }

  /// The signed assertion in compact form.
  ///
  /// - Parameters:
  ///   - identifier: The `jti`: never the same twice.
  ///   - value: What the templates' places stand for.
  func sign(
    now: Double, identifier: String, _ value: @Sendable (String) -> String?
  ) async throws(Fault) -> String {
    let claims = try values(now: now, identifier: identifier, value)
    var header = JWTHeader()
    if let keyID = assertion.keyID { header.kid = try filled(keyID, "key ID", value) }
    if let certificate = assertion.certificate {
      header.fields["x5t#S256"] = .string(
        try Self.thumbprint(try filled(certificate, "certificate", value)))
    }
    let keys = try await keys(Self.pem(try filled(assertion.key, "private key", value)))
    do {
      // Without a key ID to look up: the collection has one key, and the header names it to the vendor.
      let kid = header.kid.map { JWKIdentifier(string: $0) }
      return try await keys(kid).sign(Claims(values: claims), kid: kid, header: header)
    } catch {
      throw Fault(.refusedCredentials, "the assertion could not be signed with the private key")
    }
  }

  private typealias Keys = @Sendable (JWKIdentifier?) async -> JWTKeyCollection

  /// No message quotes the key.
  private func keys(_ pem: String) async throws(Fault) -> Keys {
    do {
      switch assertion.algorithm {
      case .RS256:
        let key = try Insecure.RSA.PrivateKey(pem: pem)
        return { await JWTKeyCollection().add(rsa: key, digestAlgorithm: .sha256, kid: $0) }
      case .PS256:
        let key = try Insecure.RSA.PrivateKey(pem: pem)
        return { await JWTKeyCollection().add(pss: key, digestAlgorithm: .sha256, kid: $0) }
      case .ES256:
        let key = try ES256PrivateKey(pem: pem)
        return { await JWTKeyCollection().add(ecdsa: key, kid: $0) }
      }
    } catch {
      throw Fault(
        .refusedCredentials,
        "the private key is none for \(assertion.algorithm.rawValue): PEM, PKCS #8 or PKCS #1, is expected"
      )
    }
  }

  /// Environment variables often carry the line breaks of a PEM as `\n`.
  private static func pem(_ text: String) -> String {
    text.contains("\n") ? text : text.replacing("\\n", with: "\n")
  }

  /// SHA-256 of a certificate, in base64url (RFC 7515, 4.1.8).
  private static func thumbprint(_ text: String) throws(Fault) -> String {
    let body = pem(text).split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined()
    guard let der = Data(base64Encoded: body), !der.isEmpty else {
      throw Fault(.refusedCredentials, "the certificate is not in PEM")
    }
    return Data(SHA256.hash(data: der)).base64EncodedString().replacing("+", with: "-")
      .replacing("/", with: "_").replacing("=", with: "")
  }
}

/// Claims of any names.
private struct Claims: JWTPayload {
  let values: [String: JWTHeaderField]

  init(values: [String: JWTHeaderField]) { self.values = values }

  init(from decoder: any Decoder) throws {
    values = try decoder.singleValueContainer().decode([String: JWTHeaderField].self)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(values)
  }

  func verify(using algorithm: some JWTAlgorithm) async throws {}
}
