internal import Connectors
internal import Logging
internal import Posture

/// The line to an instance's vendor: where requests may go, how long all of them may take, and what
/// must not be told.
struct VendorLine: Sendable {
  let book: AddressBook
  let runner: RequestRunner
  let mask: SecretGate
  let log: Logger
  /// When it was made, in seconds since 1970.
  let began: Double
  /// The connections that this line made, and closes; nil where it has them from elsewhere.
  private let own: Connections?

  /// - Parameters:
  ///   - ways: The ways in that are used; requests for their tokens go to their hosts.
  ///   - pages: Pages that a person opens, on the same hosts.
  /// - Throws: ``Fault``: a parameter, a credential or a host is missing or refused.
  init(
    _ instance: Instance, connector: Connector, credentials: Credentials, ways: [Authentication],
    pages: [Template] = [], options: ObserverOptions
  ) throws(Fault) {
    book = try AddressBook(connector, parameters: try Self.parameters(of: instance, connector))
    var origins = try book.origins(ways: ways)
    for page in pages { origins.main.append(try book.address(of: page)) }
    let policy = try HostPolicy(
      main: origins.main, others: origins.others, connector: connector, instance: instance.name,
      allowed: options.allowedHosts, boundTo: credentials.hosts)

    let isRehearsal = (origins.main + origins.others).allSatisfy { address in
      address.isLoopback || options.detours[address.authority] != nil
    }
    mask = SecretGate(parent: .process, allowsShort: isRehearsal)
    try credentials.enter(mask, of: connector, instance: instance.name)
    try options.proxy.enter(mask)
    var log = options.log
    log.handler = MaskingLogHandler(log.handler, mask: mask)
    log[metadataKey: "instance"] = "\(instance.name)"
    self.log = log
    began = options.pace.now
    let transport: any Transport
    if let given = options.transport {
      own = nil
      transport = given
    } else {
      let connections: Connections
      if let shared = options.connections {
        own = nil
        connections = shared
      } else {
        connections = try Connections(caFile: options.caFile, proxy: options.proxy)
        own = connections
      }
      transport = LiveTransport(over: connections, detours: options.detours, pace: options.pace)
    }
    runner = RequestRunner(
      connector: connector, policy: policy, transport: transport, gates: options.gates,
      pace: options.pace, limits: options.limits, deadline: began + options.limits.totalTime,
      log: log, tally: RequestTally())
  }

  /// The parameters of an instance that can be asked over an API.
  static func parameters(
    of instance: Instance, _ connector: Connector
  ) throws(Fault) -> [String: String] {
    guard let parameters = instance.api?.parameters else {
      throw Fault(.misconfigured, "instance '\(instance.name)' is not read over an API")
    }
    guard connector.baseURL != nil else {
      throw Fault(.misconfigured, "app '\(connector.name)' is read from exports only")
    }
    return parameters
  }

  /// Closes the connections.
  func close() async { await own?.close() }

  /// Closes them at once, where nothing was sent yet and the caller cannot wait.
  func abandon() { own?.abandon() }
}
