/// A field of a connector's credentials, read from `PLUMB_<INSTANCE>_<FIELD>`.
package struct CredentialField: Sendable, Hashable {
  /// In lower case with underscores: `private_key`.
  package let name: String
  package let description: String
  /// What may be shown: an identifier such as a client's. The rest is masked wherever it turns up.
  package let isSecret: Bool

  package init(name: String, description: String, isSecret: Bool) {
    self.name = name
    self.description = description
    self.isSecret = isSecret
  }
}

/// One way to prove who asks. Of several, the first whose fields are all given is taken.
package struct Authentication: Sendable {
  package let name: String
  package let scheme: Scheme

  package init(name: String, scheme: Scheme) {
    self.name = name
    self.scheme = scheme
  }

  package enum Scheme: Sendable {
    /// A header with the credential in it.
    case header(name: String, value: Template)
    /// RFC 7617.
    case basic(user: Template, password: Template)
    /// A token that is asked for, kept, and renewed.
    case token(TokenGrant)
  }

  /// The credentials' fields that the scheme needs, without the parts of a JSON field.
  package var fields: Set<String> {
    let places: [String] =
      switch scheme {
      case .header(_, let value): value.places
      case .basic(let user, let password): user.places + password.places
      case .token(let grant):
        grant.templates.flatMap(\.places).filter { !TokenGrant.ownPlaces.contains($0) }
      }
    return Set(places.map { String($0.prefix { $0 != "." }) })
  }
}

/// How an access token is asked for: OAuth 2.0 grants (RFC 6749, RFC 7523), GitHub App installations.
package struct TokenGrant: Sendable {
  package let url: Template
  /// HTTP Basic for the request of the token.
  package let basic: (user: Template, password: Template)?
  package let headers: [(name: String, value: Template)]
  /// What the body says, one field each; without any, the body is empty.
  package let fields: [(name: String, value: Template)]
  package let format: Format
  package let assertion: Assertion?
  /// JSON pointers into the answer.
  package let token: String
  package let expires: String
  /// Where the answer says what the token is for: a text of names, or an object of names and levels.
  package let grants: String
  /// What connectors call a permission that the answer calls otherwise.
  package let grantNames: [String: String]
  /// The header of the requests that the token is for.
  package let header: (name: String, value: Template)

  package init(
    url: Template, basic: (user: Template, password: Template)?,
    headers: [(name: String, value: Template)], fields: [(name: String, value: Template)],
    format: Format, assertion: Assertion?, token: String, expires: String, grants: String,
    grantNames: [String: String], header: (name: String, value: Template)
  ) {
    self.url = url
    self.basic = basic
    self.headers = headers
    self.fields = fields
    self.format = format
    self.assertion = assertion
    self.token = token
    self.expires = expires
    self.grants = grants
    self.grantNames = grantNames
    self.header = header
  }

  /// What the engine fills in by itself: the scopes of the collections, the signed assertion, the token.
  package static let ownPlaces: Set<String> = ["scopes", "assertion", "token"]

  /// Whether a token is for certain scopes.
  package var asksForScopes: Bool { templates.contains { $0.places.contains("scopes") } }

  var templates: [Template] {
    var result = [url, header.value] + headers.map(\.value) + fields.map(\.value)
    if let basic { result += [basic.user, basic.password] }
    if let assertion { result += assertion.templates }
    return result
  }

  /// How the body is written.
  package enum Format: Sendable {
    /// RFC 6749: `application/x-www-form-urlencoded`.
    case form
    /// An object of texts: what some vendors ask for instead.
    case json
  }

  /// A signed JWT (RFC 7519) that proves possession of a private key.
  package struct Assertion: Sendable {
    package let algorithm: Algorithm
    /// The private key in PEM.
    package let key: Template
    package let keyID: Template?
    /// The certificate in PEM, whose SHA-256 thumbprint goes into the header (`x5t#S256`).
    package let certificate: Template?
    package let issuer: Template
    package let subject: Template?
    package let audience: Template?
    /// Seconds.
    package let lifetime: Int
    package let claims: [(name: String, value: Template)]

    /// As RFC 7518 §3.1 writes them.
    // swift-format-ignore: AlwaysUseLowerCamelCase
    package enum Algorithm: String, Sendable, CaseIterable { case RS256, ES256, PS256 }

    package init(
      algorithm: Algorithm, key: Template, keyID: Template?, certificate: Template?,
      issuer: Template, subject: Template?, audience: Template?, lifetime: Int,
      claims: [(name: String, value: Template)]
    ) {
      self.algorithm = algorithm
      self.key = key
      self.keyID = keyID
      self.certificate = certificate
      self.issuer = issuer
      self.subject = subject
      self.audience = audience
      self.lifetime = lifetime
      self.claims = claims
    }

    var templates: [Template] {
      [key, issuer] + [keyID, certificate, subject, audience].compactMap(\.self)
        + claims.map(\.value)
    }
  }
}
