package import YAML

/// A credential that fetches access tokens again and again (RFC 6749, 6), and how a person obtains
/// the first.
package struct RefreshToken: Sendable {
  /// The credentials' field that gives it.
  package private(set) var field = ""
  /// JSON pointer to the next refresh token in the answer that brings an access token.
  package private(set) var answer = "/refresh_token"
  /// Whether the vendor may replace it at each use and then refuse the one before.
  package private(set) var rotates = false
  /// How a person allows the first; nil where the vendor's console gives it.
  package private(set) var authorization: Authorization?

  /// The authorization code grant (RFC 6749, 4.1).
  ///
  /// The code is exchanged where the token comes from, with the same proof of the client: the fields of that request
  /// but for the grant's type and the refresh token, and what RFC 6749 and RFC 7636 add.
  package struct Authorization: Sendable {
    /// The page that the person opens, on a host that the connector declares.
    package private(set) var url = Template(literal: "")
    /// The `client_id` that the page is told; the places are parameters and credentials that may be
    /// shown.
    package private(set) var client = Template(literal: "")
    /// Query parameters beside the grant's own, such as `scope`, and what asks for access while
    /// nobody is there; the place `scopes` stands for those of all collections.
    package private(set) var parameters: [(name: String, value: Template)] = []
    /// Whether the exchange proves that it belongs to the page (RFC 7636, S256).
    package private(set) var provesExchange = true
    /// Whether the page shows the code itself where it has nowhere to go.
    package private(set) var showsCode = false
  }
}

extension RefreshToken: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] = [
    .required("field", \.field, .text, "The field of the credentials that gives it."),
    .optional(
      "tokenAt", \.answer, .text, "JSON pointer to the next one; /refresh_token by default."),
    .optional(
      "rotates", \.rotates, .bool,
      "Whether the vendor may change it at each use: it is then used with --token-store alone, which keeps the next one; false by default."
    ),
    .optional(
      "authorize", \.authorization, .object,
      "How a person allows the first one: plumb connect --authorize."),
  ]
}

extension RefreshToken.Authorization: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] = [
    .required("url", \.url, .tokenURL, "The page that the person opens, on one of the hosts."),
    .required("client", \.client, .template, "What client_id says."),
    .optional(
      "parameters", \.parameters, .pairs(of: .template),
      "What the page is told beside client_id, response_type, redirect_uri, state and the challenge: scope, and what asks for a refresh token."
    ),
    .optional(
      "pkce", \.provesExchange, .bool,
      "Whether a challenge goes with it (RFC 7636, S256); true by default."),
    .optional(
      "showsCode", \.showsCode, .bool,
      "Whether the page shows the code where no redirect_uri is given; false by default."),
  ]
}
