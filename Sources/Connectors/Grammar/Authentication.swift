package import YAML

/// A field of a connector's credentials, read from `PLUMB_<INSTANCE>_<FIELD>`.
package struct CredentialField: Sendable, Hashable {
  /// In lower case with underscores: `private_key`.
  package internal(set) var name = ""
  package private(set) var description = ""
  /// What may be shown: an identifier such as a client's. The rest is masked wherever it turns up.
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

/// One way to prove who asks. Of several, a host is shown the first whose fields are all given.
package struct Authentication: Sendable {
  package private(set) var name = ""
  /// The only hosts that it is shown to; none: all of the connector's.
  package private(set) var hosts: [HostPattern] = []
  package private(set) var scheme = Scheme.header(Header())

  package enum Scheme: Sendable {
    /// A header with the credential in it.
    case header(Header)
    /// RFC 7617.
    case basic(Basic)
    /// A token that is asked for, kept, and renewed.
    case token(TokenGrant)
  }

  package struct Header: Sendable {
    package private(set) var value = Template(literal: "")
    package private(set) var name = "Authorization"
  }

  package struct Basic: Sendable {
    package private(set) var user = Template(literal: "")
    package private(set) var password = Template(literal: "")

    var templates: [Template] { [user, password] }
  }

  /// Each with the names that the engine fills in by itself.
  var templates: [(template: Template, own: Set<String>)] {
    switch scheme {
    case .header(let header): [(header.value, [])]
    case .basic(let basic): basic.templates.map { ($0, []) }
    case .token(let grant): grant.templates
    }
  }

  /// Whether a host is shown it.
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
