internal import Connectors
internal import JSON
internal import Logging
internal import Posture

/// Everything that talking to one instance takes, checked before the first request.
struct Conversation: Sendable {
  let session: Session
  let observedAt: Instant
  let log: Logger
  /// The network, when it is ours to close.
  private let live: LiveTransport?

  /// - Throws: ``Fault``: a parameter, a credential or a host is missing or refused.
  init(
    _ instance: Instance, connector: Connector, credentials: Credentials, options: ObserverOptions
  ) throws(Fault) {
    guard case .api(let parameters) = instance.source else {
      throw Fault(.misconfigured, "instance '\(instance.name)' is not read over an API")
    }
    guard connector.baseURL != nil else {
      throw Fault(.misconfigured, "app '\(connector.name)' is read from exports only")
    }
    let book = try AddressBook(connector, parameters: parameters)
    let ways = try Authenticator.choose(
      connector, credentials: credentials, instance: instance.name)
    let origins = try book.origins(ways: ways)
    let policy = try HostPolicy(
      main: origins.main, others: origins.others, connector: connector, instance: instance.name,
      allowed: options.allowedHosts, boundTo: credentials.hosts)

    let isRehearsal = (origins.main + origins.others).allSatisfy { address in
      address.isLoopback || options.detours[address.authority] != nil
    }
    let mask = SecretGate(parent: .process, allowsShort: isRehearsal)
    try credentials.enter(mask, of: connector, instance: instance.name)
    try options.proxy.enter(mask)
    var log = options.log
    log.handler = MaskingLogHandler(log.handler, mask: mask)
    log[metadataKey: "instance"] = "\(instance.name)"
    self.log = log
    let now = options.pace.now
    observedAt = Instant(secondsSince1970: Int(now))
    let transport: any Transport
    if let given = options.transport {
      live = nil
      transport = given
    } else {
      let made = try LiveTransport(
        caFile: options.caFile, proxy: options.proxy, detours: options.detours, pace: options.pace)
      live = made
      transport = made
    }
    let runner = RequestRunner(
      connector: connector, policy: policy, transport: transport, gates: options.gates,
      pace: options.pace, limits: options.limits, deadline: now + options.limits.totalTime,
      log: log, tally: RequestTally())
    var authenticators: [Authenticator] = []
    do throws(Fault) {
      for way in ways {
        authenticators.append(
          try Authenticator(
            way, book: book, credentials: credentials, pace: options.pace, mask: mask
          ) { (request) async throws(Fault) -> APIResponse in
            try await TokenExchange.run(request, runner: runner, mask: mask)
          })
      }
    } catch {
      live?.abandon()
      throw error
    }
    session = Session(book: book, runner: runner, authenticators: authenticators, mask: mask)
    log.info("authentication", metadata: ["way": "\(ways.map(\.name).joined(separator: ", "))"])
  }

  /// The collections that can be asked for, with those that they are read for.
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
  func close() async { await live?.close() }
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
