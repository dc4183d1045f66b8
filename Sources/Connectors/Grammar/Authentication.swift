package import YAML

/// A field of a connector's credentials, read from `PLUMB_<INSTANCE>_<FIELD>`.
package struct CredentialField: Sendable, Hashable {
  /// In lower case with underscores: `private_key`.
  package internal(set) var name = ""
  /// What the field is, for whoever creates the credentials.
  package private(set) var description = ""
  /// Whether the value is masked wherever it turns up. An identifier, such as a client's, may be
  /// shown.
  package private(set) var isSecret = true
}

extension CredentialField: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] = [
    .required("description", \.description, .text, "What it is."),
    .optional(
      "secret", \.isSecret, .bool, "Whether it is kept out of every output; true by default."),
  ]
}

/// One way to prove who asks. A host gets the first of several ways that covers it and whose fields
/// are all given.
package struct Authentication: Sendable {
  /// How messages name the way: `API token`.
  package private(set) var name = ""
  /// The only hosts that receive the proof; empty for all of the connector's hosts.
  package private(set) var hosts: [HostPattern] = []
  /// How the proof is made.
  package private(set) var scheme = Scheme.header(Header())

  /// How a request proves who sends it.
  package enum Scheme: Sendable {
    /// A header with the credential in it.
    case header(Header)
    /// User and password in the header `Authorization` (RFC 7617).
    case basic(Basic)
    /// A token that Plumb asks for, keeps, and renews.
    case token(TokenGrant)
  }

  /// A header with the credential in it.
  package struct Header: Sendable {
    /// The header's value: `Bearer {token}`. The places are credentials and parameters.
    package private(set) var value = Template(literal: "")
    /// The header's name.
    package private(set) var name = "Authorization"
  }

  /// User and password of HTTP's basic authentication (RFC 7617).
  package struct Basic: Sendable {
    /// The user's name; the places are credentials and parameters.
    package private(set) var user = Template(literal: "")
    /// The password; the places are credentials and parameters.
    package private(set) var password = Template(literal: "")

    var templates: [Template] { [user, password] }
  }

  /// The scheme's templates, each with the names that the engine itself fills in.
  var templates: [(template: Template, own: Set<String>)] {
    switch scheme {
    case .header(let header): [(header.value, [])]
    case .basic(let basic): basic.templates.map { ($0, []) }
    case .token(let grant): grant.templates
    }
  }

  /// Whether a host may receive the proof.
  package func covers(_ host: String) -> Bool {
    hosts.isEmpty || hosts.contains { $0.matches(host) }
  }

  /// The refresh token that it asks for access tokens with; nil where it needs none.
  package var refresh: RefreshToken? {
    if case .token(let grant) = scheme { grant.refresh } else { nil }
  }

  /// The credentials' fields that the scheme needs, without the parts of a JSON field.
  package var fields: Set<String> {
    Set(
      templates.flatMap { template, own in
        template.places.filter { !own.contains($0) }.map { String($0.prefix { $0 != "." }) }
      })
  }
}

extension Authentication: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] = [
    .required("name", \.name, .text, "How messages name it."),
    .optional(
      "hosts", \.hosts, .list(of: .hostPattern),
      "The hosts that it is shown to, and no other; all of the connector's by default."),
    .exactlyOne([
      .required(
        "header", \.scheme, NodeDecoder<Header>.object.map { .header($0) },
        "A header with every request."),
      .required(
        "basic", \.scheme, NodeDecoder<Basic>.object.map { .basic($0) },
        "User and password with every request."),
      .required(
        "token", \.scheme, NodeDecoder<TokenGrant>.object.map { .token($0) },
        "A token that is asked for first."),
    ]),
  ]
}

extension Authentication.Header: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] = [
    .required("value", \.value, .template, "What is sent, such as Bearer {token}."),
    .optional("name", \.name, .text, "The header; Authorization by default."),
  ]
}

extension Authentication.Basic: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] = [
    .required(
      "user", \.user, .template, "The user; names in braces are credentials and parameters."),
    .required("password", \.password, .template, "The password."),
  ]
}
