internal import Connectors
internal import JSON
package import Posture

/// Has a person allow an instance's first refresh token, in a browser (RFC 6749, 4.1; RFC 7636; RFC 8252).
package struct Authorizer: Sendable {
  /// The credentials' field that holds the token.
  package let field: String
  /// Whether the vendor may replace the token at each use.
  package let rotates: Bool
  /// Whether the vendor's page can show the code.
  package let showsCode: Bool
  /// The page that the person opens, and what it is told.
  private let authorization: RefreshToken.Authorization
  private let target: ObservationTarget
  private let way: Authentication
  private let grant: TokenGrant

  /// - Returns: Nil where the app has no way in of that kind.
  package init?(_ target: ObservationTarget) {
    for way in target.connector.authentication {
      guard case .token(let grant) = way.scheme, let refresh = grant.refresh,
        let authorization = refresh.authorization
      else { continue }
      field = refresh.field
      rotates = refresh.rotates
      showsCode = authorization.showsCode
      self.authorization = authorization
      self.target = target
      self.way = way
      self.grant = grant
      return
    }
    return nil
  }

  /// The environment variables that must be set first, sorted; empty when all are.
  package var missing: [String] {
    let parameters = Set(target.connector.parameters.map(\.name))
    return way.fields.subtracting(parameters).subtracting([field])
      .subtracting(target.credentials.fields).sorted()
      .map { CredentialSource.variable(target.name, $0) }
  }

  /// Whether the connector names this way in first.
  package var isUsual: Bool { target.connector.authentication.first?.name == way.name }

  /// Whether there is a token already, given or kept.
  package var isGiven: Bool { target.credentials.fields.contains(field) }

  /// The environment variable that gives the token where no store does.
  package var variable: String { CredentialSource.variable(target.name, field) }

  /// - Parameters:
  ///   - redirect: Where the vendor's page leads to.
  ///   - patience: Seconds that the person is waited for; nil for the usual bound.
  ///   - open: Is told the page's address.
  ///   - pasted: What the person brought, for a page that leads elsewhere; nil when nothing was.
  /// - Returns: The refresh token; the process's gate masks it already.
  /// - Throws: ``Fault`` where access was not allowed, the answer is another request's, or the
  ///   vendor does not accept the code.
  package func refreshToken(
    redirect: RedirectTarget, options: ObserverOptions, patience: Int? = nil,
    open: @Sendable (String) -> Void, pasted: @Sendable () -> String?
  ) async throws(Fault) -> String {
    // The token that is to be replaced goes nowhere.
    let line = try VendorLine(
      target.instance, connector: target.connector, credentials: target.credentials, ways: [way],
      pages: [authorization.url], options: options)
    let request = CodeRequest()
    line.mask.add([request.verifier])
    let result = await outcome { () async throws(Fault) -> String in
      let (code, uri) = try await code(
        request, redirect, line, patience: patience ?? LoopbackListener.Bounds.time, open, pasted)
      line.mask.add([code])
      return try await exchange(code, request, uri, line)
    }
    await line.close()
    return try result.get()
  }

  /// Keeps the token in a store, where it counts before the older one that the environment gives
  /// now.
  package func keep(_ token: String, in store: TokenStore) async throws(Fault) {
    let key = TokenStore.Key(
      instance: target.name, connector: target.connector.name, field: field)
    try await store.put(token, for: key, given: target.credentials.given(field))
  }

  private func outcome(
    _ body: () async throws(Fault) -> String
  ) async -> Result<String, Fault> {
    do throws(Fault) { return .success(try await body()) } catch { return .failure(error) }
  }

  // MARK: Steps

  private func code(
    _ request: CodeRequest, _ redirect: RedirectTarget, _ line: VendorLine, patience: Int,
    _ open: (String) -> Void, _ pasted: () -> String?
  ) async throws(Fault) -> (code: String, uri: String?) {
    guard case .loopback(let address, let port) = redirect else {
      open(try page(request, redirect.uri, line))
      guard let text = pasted() else {
        throw Fault(.misconfigured, "no code was pasted: nothing was exchanged")
      }
      return (try request.code(inPasted: text), redirect.uri)
    }
    let listener = try await LoopbackListener(port: port, path: address.path, expecting: request)
    let uri = RedirectTarget.loopback(address, port: listener.port).uri
    do throws(Fault) {
      open(try page(request, uri, line))
    } catch {
      await listener.close()
      throw error
    }
    return (try await listener.code(within: patience), uri)
  }

  private func page(
    _ request: CodeRequest, _ uri: String?, _ line: VendorLine
  ) throws(Fault) -> String {
    let values = SecretValues(parameters: line.book.parameters, credentials: target.credentials)
    let scopes = Set(target.connector.collections.flatMap(\.scopes)).sorted()
      .joined(separator: " ")
    func filled(_ template: Template) throws(Fault) -> String {
      let text = template.filled { $0 == "scopes" ? scopes : values[$0] }
      guard let text else {
        throw Fault(.noCredentials, "a field of the credentials is missing")
      }
      return text
    }
    let address = try line.book.address(of: authorization.url)
    guard let permitted = line.runner.policy.permitted(address) else {
      throw Fault(.misconfigured, line.runner.policy.reason(against: address))
    }
    var parameters: [(name: String, value: String)] = []
    for (name, value) in authorization.parameters { parameters.append((name, try filled(value))) }
    return request.page(
      at: permitted, client: try filled(authorization.client), parameters: parameters,
      redirect: uri, provesExchange: authorization.provesExchange
    ).url
  }

  private func exchange(
    _ code: String, _ request: CodeRequest, _ uri: String?, _ line: VendorLine
  ) async throws(Fault) -> String {
    let values = SecretValues(parameters: line.book.parameters, credentials: target.credentials)
    var fields = [("grant_type", "authorization_code"), ("code", code)]
    if let uri { fields.append(("redirect_uri", uri)) }
    if authorization.provesExchange { fields.append(("code_verifier", request.verifier)) }
    // Who the client is, as with every other request of a token.
    for (name, template) in grant.fields
    where name != "grant_type" && !template.places.contains(field)
      && !fields.contains(where: { $0.0 == name })
    {
      guard let text = template.filled({ values[$0] }) else { continue }
      fields.append((name, text))
    }
    let url = try line.book.address(of: grant.url) { values[$0] }
    let asked = try TokenRequest(grant: grant, url: url).composed(
      fields: fields.map { (name: $0.0, value: $0.1) }
    ) { values[$0] }
    let response: APIResponse
    do throws(Fault) {
      response = try await TokenExchange.run(asked, runner: line.runner, mask: line.mask)
    } catch {
      guard error.code == .refusedCredentials else { throw error }
      throw Fault(
        error.code, "\(error.detail); a code is good once, and for minutes: begin again")
    }
    guard let refresh = grant.refresh,
      let token = TokenKeeper.refreshToken(refresh, in: response, line.mask)
    else {
      throw Fault(
        .malformed,
        "the vendor gave no refresh token for the code: see how \(target.connector.displayName) is set up"
      )
    }
    guard line.mask.allowsShort || token.utf8.count >= SecretGate.shortest else {
      throw Fault(
        .malformed,
        "the refresh token has fewer than \(SecretGate.shortest) characters: so short a secret cannot be masked, and is not used"
      )
    }
    return token
  }
}
