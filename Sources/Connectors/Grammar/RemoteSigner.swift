package import YAML

/// A service that signs claims with a key that it keeps and nobody else has, for who proves to be allowed
/// to: Google signs for a service account ([signJwt](
/// https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/signJwt)).
package struct RemoteSigner: Sendable {
  /// Where the claims are sent by POST, as a text in an object of JSON; an `https:` address.
  package private(set) var url = Template(literal: "")
  /// The member of that object.
  package private(set) var member = "payload"
  /// JSON pointer to the signed token in the answer.
  package private(set) var signed = "/signedJwt"
  /// How the token is had with which the service is asked.
  package private(set) var exchange = Exchange()

  /// A token for a job's identity (RFC 8693).
  package struct Exchange: Sendable {
    /// Where the token is asked for by POST, an `https:` address.
    package private(set) var url = Template(literal: "")
    /// What the form says.
    package private(set) var fields: [(name: String, value: Template)] = []
    /// Whose token fills the place `identity_token` of the form.
    package private(set) var identity = JobIdentity()
    /// JSON pointer to the token in the answer.
    package private(set) var token = "/access_token"
  }

  /// The templates, each with the names that the engine itself fills in.
  var templates: [(template: Template, own: Set<String>)] {
    var result: [(template: Template, own: Set<String>)] = [(url, []), (exchange.url, [])]
    result += exchange.fields.map { ($0.value, ["identity_token"]) }
    result += exchange.identity.templates.map { ($0, []) }
    return result
  }
}

extension RemoteSigner: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] = [
    .required("url", \.url, .tokenURL, "Where claims are signed."),
    .optional("claimsIn", \.member, .text, "The member with the claims; payload by default."),
    .optional(
      "signedAt", \.signed, .text, "JSON pointer to the signed token; /signedJwt by default."),
    .required("exchange", \.exchange, .object, "How the token to ask with is had."),
  ]
}

extension RemoteSigner.Exchange: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] = [
    .required("url", \.url, .tokenURL, "Where the token is asked for."),
    .required("form", \.fields, .pairs(of: .template), "Fields of that request, as a form."),
    .required(
      "identity", \.identity, .object, "The identity of the CI job, for {identity_token}."),
    .optional("tokenAt", \.token, .text, "JSON pointer to the token; /access_token by default."),
  ]
}
