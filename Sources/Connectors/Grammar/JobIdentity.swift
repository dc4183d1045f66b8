package import YAML

/// The token by which a job of a pipeline proves who it is (OpenID Connect), where a vendor takes it in
/// the place of a secret that would have to be kept.
package struct JobIdentity: Sendable {
  /// Who vouches for the job: a field of the credentials, since whoever runs Plumb decides, and no
  /// desired state.
  package private(set) var issuer = Template(literal: "")
  /// The claim `aud`: whom the token is for.
  package private(set) var audience = Template(literal: "")

  /// The one issuer that there is.
  package static let gitHubActions = "github-actions"

  init() {}

  var templates: [Template] { [issuer, audience] }
}

extension JobIdentity: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] = [
    .required(
      "issuer", \.issuer, .template,
      "The field of the credentials that says who vouches for the job: github-actions."),
    .required("audience", \.audience, .template, "The claim aud: whom its token is for."),
  ]
}
