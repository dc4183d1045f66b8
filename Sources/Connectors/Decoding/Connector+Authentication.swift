import YAML

extension NodeDecoder where Value == Authentication {
  /// One of `header`, `basic`, `token`, with a `name` for messages.
  static func authentication(_ scope: TemplateScope) -> NodeDecoder<Authentication> {
    .mapping { fields in
      let secret = NodeDecoder<Template>.secret(scope)
      let name = fields.required("name", as: .text)
      guard let chosen = fields.exactlyOne(of: ["header", "basic", "token"]), let name else {
        return nil
      }
      let scheme: Authentication.Scheme?
      switch chosen.name {
      case "header":
        scheme = NodeDecoder<Authentication.Scheme>.mapping { fields in
          guard let value = fields.required("value", as: secret) else { return nil }
          return .header(
            name: fields.optional("name", as: .text, default: "Authorization"), value: value)
        }.decode(chosen.value, into: fields.diagnostics)
      case "basic":
        scheme = NodeDecoder<(user: Template, password: Template)>.basic(scope)
          .map { Authentication.Scheme.basic(user: $0.user, password: $0.password) }
          .decode(chosen.value, into: fields.diagnostics)
      default:
        scheme = NodeDecoder<TokenGrant>.tokenGrant(scope).map { Authentication.Scheme.token($0) }
          .decode(chosen.value, into: fields.diagnostics)
      }
      return scheme.map { Authentication(name: name, scheme: $0) }
    }
  }
}

extension NodeDecoder where Value == Template {
  /// A template that may name credentials, and members of a credential that is JSON: `{key.client_email}`.
  fileprivate static func secret(
    _ scope: TemplateScope, own: Set<String> = []
  ) -> NodeDecoder<Template> {
    template(
      scope.parameters.union(scope.credentials).union(own),
      prefixes: scope.credentials.sorted().map { $0 + "." })
  }
}

extension NodeDecoder where Value == (user: Template, password: Template) {
  fileprivate static func basic(
    _ scope: TemplateScope
  ) -> NodeDecoder<(user: Template, password: Template)> {
    .mapping { fields in
      let user = fields.required("user", as: .secret(scope))
      let password = fields.required("password", as: .secret(scope))
      guard let user, let password else { return nil }
      return (user: user, password: password)
    }
  }
}

extension NodeDecoder where Value == TokenGrant {
  fileprivate static func tokenGrant(_ scope: TemplateScope) -> NodeDecoder<TokenGrant> {
    .mapping { fields in
      let assertion = fields.optional("assertion", as: .assertion(scope))
      let inside = NodeDecoder<Template>.secret(
        scope, own: assertion == nil ? ["scopes"] : ["scopes", "assertion"])
      let url = fields.required(
        "url",
        as: .secret(scope).checked { template in
          guard case .text(let text) = template.parts.first, text.hasPrefix("https://") else {
            return "a token is asked for at an https:// URL"
          }
          return nil
        })
      let header = fields.optional("header", as: .text, default: "Authorization")
      let value = fields.optional(
        "value", as: .secret(scope, own: ["token"]),
        default: Template(literal: "Bearer ").with(place: "token"))
      let basic = fields.optional("basic", as: .basic(scope))
      let headers = fields.optional("headers", as: .entries(of: inside), default: [])
      let form = fields.optional("form", as: .entries(of: inside))
      let json = fields.optional("json", as: .entries(of: inside))
      if form != nil, json != nil {
        fields.error("'form' and 'json' exclude one another: a request has one body", at: "json")
      }
      let token = fields.optional("tokenAt", as: .text, default: "/access_token")
      let expires = fields.optional("expiresAt", as: .text, default: "/expires_in")
      let grants = fields.optional("grantsAt", as: .text, default: "/scope")
      let names = fields.optional("grantNames", as: .entries(of: .text), default: [])
      guard let url else { return nil }
      return TokenGrant(
        url: url, basic: basic,
        headers: headers.map { (name: $0.name.value, value: $0.value.value) },
        fields: (form ?? json ?? []).map { (name: $0.name.value, value: $0.value.value) },
        format: json == nil ? .form : .json, assertion: assertion, token: token, expires: expires,
        grants: grants,
        grantNames: Dictionary(
          names.map { ($0.name.value, $0.value.value) }, uniquingKeysWith: { first, _ in first }),
        header: (name: header, value: value))
    }
  }
}

extension NodeDecoder where Value == TokenGrant.Assertion {
  fileprivate static func assertion(_ scope: TemplateScope) -> NodeDecoder<TokenGrant.Assertion> {
    .mapping { fields in
      let secret = NodeDecoder<Template>.secret(scope)
      let algorithm = fields.optional(
        "algorithm", as: .choice(of: TokenGrant.Assertion.Algorithm.self), default: .RS256)
      let key = fields.required("key", as: secret)
      let issuer = fields.required("issuer", as: secret)
      let keyID = fields.optional("keyID", as: secret)
      let certificate = fields.optional("certificate", as: secret)
      let subject = fields.optional("subject", as: secret)
      let audience = fields.optional("audience", as: secret)
      let lifetime = fields.optional("lifetime", as: .timespan)
      let claims = fields.optional(
        "claims", as: .entries(of: .secret(scope, own: ["scopes"])), default: [])
      guard let key, let issuer else { return nil }
      return TokenGrant.Assertion(
        algorithm: algorithm, key: key, keyID: keyID, certificate: certificate, issuer: issuer,
        subject: subject, audience: audience, lifetime: lifetime?.seconds ?? 300,
        claims: claims.map { (name: $0.name.value, value: $0.value.value) })
    }
  }
}
