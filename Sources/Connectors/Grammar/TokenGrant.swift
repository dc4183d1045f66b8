package import YAML

/// How an access token is asked for: OAuth 2.0 grants (RFC 6749, RFC 7523), GitHub App installations.
package struct TokenGrant: Sendable {
  /// Where the token is asked for by POST, an `https:` address.
  package private(set) var url = Template(literal: "")
  /// HTTP Basic for the request of the token; nil sends none.
  package private(set) var basic: Authentication.Basic?
  /// Further headers of that request.
  package private(set) var headers: [(name: String, value: Template)] = []
  /// What the body says, one field each; without any, the body is empty.
  package private(set) var fields: [(name: String, value: Template)] = []
  /// How the body of that request is written.
  package private(set) var format = Format.form
  /// The signed token that fills the place `assertion` of that request; nil where none is needed.
  package private(set) var assertion: Assertion?
  /// The identity of the job that asks, whose token fills the place `identity_token` of that request;
  /// nil where none is needed.
  package private(set) var identity: JobIdentity?
  /// JSON pointer to the token in the answer.
  package private(set) var token = "/access_token"
  /// JSON pointer to the token's end in the answer: the seconds that are left, as a number or a
  /// text, or an RFC 3339 time. A token without it counts until it is refused.
  package private(set) var expires = "/expires_in"
  /// JSON pointer to what the token is for: one text of names with blanks between, or an object of
  /// names and levels.
  package private(set) var grants = "/scope"
  /// The connector's names of permissions by the answer's, such as `members: read`.
  package private(set) var grantNames: [String: String] = [:]
  /// The host or base URL of the account as the answer names it, with JSON pointers into the answer
  /// in braces; nil where it does not.
  package private(set) var home: Template?
  /// Where the vendor lists accounts with their hosts; nil where the answer says it, or nothing
  /// does.
  package private(set) var accounts: AccountDirectory?
  /// The credential that the token is asked for with, where that is a refresh token.
  package private(set) var refresh: RefreshToken?
  /// The header that carries the token in later requests.
  package private(set) var header = "Authorization"
  /// What that header says; the place `token` stands for the token.
  package private(set) var value = Template(literal: "Bearer ").with(place: "token")

  /// Whether the request names scopes, so that each set of scopes has a token of its own.
  package var asksForScopes: Bool {
    templates.contains { $0.template.places.contains("scopes") }
  }

  /// The templates, each with the names that the engine itself fills in: the scopes of the
  /// collections, the signed assertion, the job's identity, the token.
  var templates: [(template: Template, own: Set<String>)] {
    var own: Set = ["scopes"]
    if assertion != nil { own.insert("assertion") }
    if identity != nil { own.insert("identity_token") }
    var result: [(template: Template, own: Set<String>)] = [(url, []), (value, ["token"])]
    result += (basic?.templates ?? []).map { ($0, []) }
    result += (headers + fields).map { ($0.value, own) }
    result += (assertion?.templates ?? []).map { ($0, []) }
    result += (assertion?.claims ?? []).map { ($0.value, ["scopes"]) }
    result += assertion?.signer?.templates ?? []
    result += (identity?.templates ?? []).map { ($0, []) }
    result += (accounts?.templates ?? []).map { ($0, []) }
    return result
  }

  /// The identity of the job that asks, for the token or for what is signed; nil where none is needed.
  package var jobIdentity: JobIdentity? { identity ?? assertion?.signer?.exchange.identity }

  /// How the body is written.
  package enum Format: Sendable {
    /// RFC 6749: `application/x-www-form-urlencoded`.
    case form
    /// An object of texts: what some vendors ask for instead.
    case json
  }

  /// A signed JWT (RFC 7519) that proves possession of a private key.
  package struct Assertion: Sendable {
    /// The private key in PEM; empty where a service signs.
    package private(set) var key = Template(literal: "")
    /// The service that signs; nil where the key is at hand.
    package private(set) var signer: RemoteSigner?
    /// The claim `iss`.
    package private(set) var issuer = Template(literal: "")
    /// How the token is signed.
    package private(set) var algorithm = Algorithm.RS256
    /// The header `kid`, which names the key to the vendor; nil writes none.
    package private(set) var keyID: Template?
    /// The certificate in PEM, whose SHA-256 thumbprint goes into the header (`x5t#S256`).
    package private(set) var certificate: Template?
    /// The claim `sub`; nil writes none.
    package private(set) var subject: Template?
    /// The claim `aud`; nil writes none.
    package private(set) var audience: Template?
    /// Seconds between the claims `iat` and `exp`.
    package private(set) var lifetime = 300
    /// Further claims; one with the name of a claim above replaces it.
    package private(set) var claims: [(name: String, value: Template)] = []

    /// As RFC 7518 §3.1 writes them.
    // swift-format-ignore: AlwaysUseLowerCamelCase
    package enum Algorithm: String, Sendable, CaseIterable { case RS256, ES256, PS256 }

    /// The templates but for those of the further claims.
    fileprivate var templates: [Template] {
      [key, issuer] + [keyID, certificate, subject, audience].compactMap(\.self)
    }
  }
}

extension TokenGrant: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] = [
    .required("url", \.url, .tokenURL, "Where a token is asked for."),
    .optional("basic", \.basic, .object, "User and password of that request."),
    .optional("headers", \.headers, .pairs(of: .template), "Headers of that request."),
    .optional("form", \.fields, .pairs(of: .template), "Fields of that request, as a form."),
    .optional(
      "json", \.fields, .pairs(of: .template),
      "Fields of that request, as JSON, where no form is taken."),
    .check { grant, fields in
      guard fields.node("json") != nil else { return }
      grant.format = .json
      if fields.node("form") != nil {
        fields.error("'form' and 'json' exclude one another: a request has one body", at: "json")
      }
    },
    .optional(
      "assertion", \.assertion, .object, "A signed JSON Web Token for that request."),
    .optional(
      "identity", \.identity, .object,
      "The identity of the CI job that asks, for that request's {identity_token}, in the place of a secret."
    ),
    .optional("tokenAt", \.token, .text, "JSON pointer to the token."),
    .optional("expiresAt", \.expires, .text, "JSON pointer to its lifetime in seconds."),
    .optional(
      "grantsAt", \.grants, .text,
      "JSON pointer to what it is for: names in one text, or an object of names and levels; /scope by default."
    ),
    .optional(
      "grantNames", \.grantNames, .dictionary(of: .string),
      "What the connector calls permissions that the answer calls otherwise, such as 'members: read'."
    ),
    .optional(
      "home", \.home, .template,
      "Where the answer says that the account is, JSON pointers in braces: {/instance_url}; observe --check compares it with the host of the base URL."
    ),
    .optional(
      "accounts", \.accounts, .object,
      "Where the vendor lists accounts with their hosts, where that answer does not say it; observe --check asks there."
    ),
    .optional(
      "refresh", \.refresh, .object,
      "Which field is a refresh token, whether it changes, and how the first one is obtained."),
    .check { grant, fields in
      guard let refresh = grant.refresh else { return }
      if !grant.fields.contains(where: { $0.value.places.contains(refresh.field) }) {
        fields.error(
          "'{\(refresh.field)}' stands in no field of the token's request", at: "refresh")
      }
    },
    .optional(
      "header", \.header, .text, "The header that carries the token; Authorization by default."),
    .optional("value", \.value, .template, "What is sent; Bearer {token} by default."),
  ]
}

extension TokenGrant.Assertion: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] = [
    .exactlyOne([
      .required("key", \.key, .template, "The private key."),
      .required(
        "signer", \.signer, NodeDecoder<RemoteSigner>.object.map { $0 },
        "A service that keeps the key and signs for who proves to be allowed to."),
    ]),
    .required("issuer", \.issuer, .template, "The claim iss."),
    .optional("algorithm", \.algorithm, .choice(of: Algorithm.self), "RS256 by default."),
    .optional("keyID", \.keyID, .template, "The header kid."),
    .optional(
      "certificate", \.certificate, .template,
      "The certificate that the header's thumbprint is of."),
    .optional("subject", \.subject, .template, "The claim sub."),
    .optional("audience", \.audience, .template, "The claim aud."),
    .optional(
      "lifetime", \.lifetime, NodeDecoder<Timespan>.timespan.map(\.seconds),
      "How long it holds; 5m by default."),
    .optional("claims", \.claims, .pairs(of: .template), "Other claims."),
  ]
}
