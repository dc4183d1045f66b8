internal import Connectors
internal import Posture

/// Puts the instance's proof of identity on requests.
struct Authenticator: Sendable {
  private enum Scheme: Sendable {
    case header(name: String, value: String)
    case token(TokenKeeper, header: String, value: Template)
  }

  private let scheme: Scheme
  /// The way in: which hosts it is for.
  let way: Authentication
  /// The ways in whose fields are all given, as far as any host could be shown them.
  ///
  /// - Throws: ``Fault`` that lists what is missing, with the names of the variables.
  static func choose(
    _ connector: Connector, credentials: Credentials, instance: String
  ) throws(Fault) -> [Authentication] {
    let usable = usable(connector, credentials: credentials)
    if !usable.isEmpty { return usable }
    guard !connector.authentication.isEmpty else {
      throw Fault(.misconfigured, "connector '\(connector.name)' has no way to authenticate")
    }
    let ways = variables(connector, instance: instance).map { way in
      let given = Set(credentials.fields.map { CredentialSource.variable(instance, $0) })
      let named = way.variables.map { given.contains($0) ? "\($0) (given)" : $0 }
      return "  \(way.name): \(named.joined(separator: ", "))"
    }
    let strays = credentials.strays.map { "\n\($0)" }.joined()
    throw Fault(
      .noCredentials,
      "no credentials for instance '\(instance)'; set one of\n\(ways.joined(separator: "\n"))\nor give them with --credentials\(strays)"
    )
  }

  /// Behind one that is for all hosts, none is asked for.
  static func usable(_ connector: Connector, credentials: Credentials) -> [Authentication] {
    let given = connector.authentication.filter {
      fields(of: $0, connector).isSubset(of: credentials.fields)
    }
    return given.firstIndex { $0.hosts.isEmpty }.map { Array(given[...$0]) } ?? given
  }

  /// The variables that each way in reads.
  static func variables(
    _ connector: Connector, instance: String
  ) -> [(name: String, variables: [String])] {
    connector.authentication.map { way in
      (
        name: way.name,
        variables: fields(of: way, connector).sorted()
          .map { CredentialSource.variable(instance, $0) }
      )
    }
  }

  /// What a way in needs beside the instance's parameters.
  private static func fields(of way: Authentication, _ connector: Connector) -> Set<String> {
    way.fields.subtracting(connector.parameters.map(\.name))
  }

  init(
    _ way: Authentication, book: AddressBook, instance: String, credentials: Credentials,
    pace: any Pace, mask: SecretGate, identify: @escaping TokenKeeper.Identify,
    exchange: @escaping TokenKeeper.Exchange
  ) throws(Fault) {
    self.way = way
    let values = SecretValues(parameters: book.parameters, credentials: credentials)
    func filled(_ template: Template) throws(Fault) -> String {
      guard let text = template.filled({ values[$0] }), Self.isHeaderValue(text) else {
        throw Fault(
          .refusedCredentials, "a credential for '\(way.name)' is missing or holds line breaks")
      }
      return text
    }
    switch way.scheme {
    case .header(let header):
      scheme = .header(name: header.name, value: try filled(header.value))
    case .basic(let basic):
      scheme = .header(
        name: "Authorization",
        value: TokenRequest.basic(try filled(basic.user), try filled(basic.password)))
    case .token(let grant):
      if let identity = grant.jobIdentity {
        try Self.checkIssuer(try filled(identity.issuer), way, credentials)
      }
      let url = try book.address(of: grant.url) { values[$0] }
      var signing: RemoteSigning?
      if let signer = grant.assertion?.signer {
        signing = RemoteSigning(
          signer: signer, url: try book.address(of: signer.url) { values[$0] },
          exchangeURL: try book.address(of: signer.exchange.url) { values[$0] }, values: values,
          mask: mask, identify: identify, exchange: exchange)
      }
      var renewal: TokenRenewal?
      if let refresh = grant.refresh {
        renewal = try TokenRenewal(
          refresh, of: book.connector, instance: instance, credentials: credentials, mask: mask)
      }
      scheme = .token(
        TokenKeeper(
          grant, url: url, values: values, renewal: renewal, signing: signing, pace: pace,
          mask: mask, identify: identify, exchange: exchange),
        header: grant.header, value: grant.value)
    }
  }

  /// - Throws: ``Fault`` for one that is not known, or does not vouch for this process.
  private static func checkIssuer(
    _ issuer: String, _ way: Authentication, _ credentials: Credentials
  ) throws(Fault) {
    guard issuer == JobIdentity.gitHubActions else {
      throw Fault(
        .misconfigured,
        "'\(way.name)' wants \(JobIdentity.gitHubActions), the one that vouches for jobs, not '\(issuer)'"
      )
    }
    _ = try credentials.job()
  }

  /// Nothing in a secret may end a header and begin another.
  static func isHeaderValue(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
  }

  /// The header that proves who asks, and the token in it, if it is one.
  func proof(
    scopes: [String]
  ) async throws(Fault) -> (header: APIRequest.Header, token: TokenKeeper.Token?) {
    switch scheme {
    case .header(let name, let value): return (APIRequest.Header(name, value), nil)
    case .token(let keeper, let header, let value):
      let token = try await keeper.token(scopes: scopes)
      let text = value.filled { $0 == "token" ? token.value : nil } ?? token.value
      return (APIRequest.Header(header, text), token)
    }
  }

  /// The host at which the vendor says that the account is, where it has said so.
  var home: String? {
    get async {
      guard case .token(let keeper, _, _) = scheme else { return nil }
      return await keeper.home
    }
  }

  /// Whether the vendor has given another refresh token, which nothing keeps.
  var isForgetful: Bool {
    get async {
      guard case .token(let keeper, _, _) = scheme else { return false }
      return await keeper.renewal?.isForgetful ?? false
    }
  }

  /// Whether another try may succeed: a refused token is forgotten, a fixed credential stays refused.
  func renew(after refused: TokenKeeper.Token?) async -> Bool {
    guard case .token(let keeper, _, _) = scheme, let refused else { return false }
    await keeper.forget(refused.value)
    return true
  }
}
