internal import Connectors
internal import JSON
internal import Logging
internal import Posture

/// Everything that talking to one instance takes, checked before the first request.
struct Conversation: Sendable {
  let session: Session
  let observedAt: Instant
  private let line: VendorLine

  var log: Logger { line.log }

  /// - Throws: ``Fault``: a parameter, a credential or a host is missing or refused.
  init(
    _ instance: Instance, connector: Connector, credentials: Credentials, options: ObserverOptions
  ) throws(Fault) {
    _ = try AddressBook(connector, parameters: try VendorLine.parameters(of: instance, connector))
    let ways = try Authenticator.choose(
      connector, credentials: credentials, instance: instance.name)
    let line = try VendorLine(
      instance, connector: connector, credentials: credentials, ways: ways, options: options)
    self.line = line
    observedAt = Instant(secondsSince1970: Int(line.began))
    var authenticators: [Authenticator] = []
    do throws(Fault) {
      for way in ways {
        authenticators.append(
          try Authenticator(
            way, book: line.book, instance: instance.name, credentials: credentials,
            pace: options.pace, mask: line.mask,
            identify: { (audience) async throws(Fault) -> String in
              let job = try credentials.job()
              return try await job.identity(
                for: audience, runner: line.runner.only(job.address), mask: line.mask)
            },
            exchange: { (request) async throws(Fault) -> APIResponse in
              try await TokenExchange.run(request, runner: line.runner, mask: line.mask)
            }))
      }
    } catch {
      line.abandon()
      throw error
    }
    session = Session(
      book: line.book, runner: line.runner, authenticators: authenticators, mask: line.mask)
    log.info("authentication", metadata: ["way": "\(ways.map(\.name).joined(separator: ", "))"])
  }

  /// The collections that can be asked for, in the connector's order.
  ///
  /// - Parameter names: The only ones, to which those are added that they are read for; nil for
  ///   all.
  func collections(_ names: Set<String>?) -> [Connector.Collection] {
    let all = session.connector.collections.filter {
      !$0.requests.isEmpty || $0.fixed != nil
    }
    guard let names else { return all }
    var wanted = names
    for _ in all {
      wanted.formUnion(all.filter { wanted.contains($0.name) }.compactMap(\.forEach))
    }
    return all.filter { wanted.contains($0.name) }
  }

  /// Runs the body and closes the connections.
  func closing<Result: Sendable>(_ body: () async -> Result) async -> Result {
    let result = await body()
    await close()
    return result
  }

  /// Closes the connections.
  func close() async { await line.close() }
}

/// Sends the request for a token and says what a refusal means.
enum TokenExchange {
  /// Errors (RFC 6749, 5.2; the last is DocuSign's) that are about what was asked for, not about who asks.
  private static let aboutScopes = [
    "invalid_scope", "unauthorized_client", "access_denied", "consent_required",
  ]

  static func run(
    _ request: APIRequest, runner: RequestRunner, mask: SecretGate
  ) async throws(Fault) -> APIResponse {
    let response = try await runner.run(request, proof: nil, followsRedirects: false)
    if (200..<300).contains(response.status) { return response }
    let said = VendorMessage.text(of: response, mask: mask).map { " (“\($0)”)" } ?? ""
    if [400, 401, 403].contains(response.status) {
      let body = try? JSONView(parsing: response.body, limits: JSONLimits(depth: 32))
      if let error = body?["error"]?.string, aboutScopes.contains(error) {
        throw Fault(.denied, "no token for it\(said)")
      }
      throw Fault(.refusedCredentials, "the credentials are not accepted for a token\(said)")
    }
    throw Fault(
      .unreachable, "the request of a token was answered \(response.status)\(said)")
  }
}
