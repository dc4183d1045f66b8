#if Service
package import Hummingbird
package import Logging
package import NIOCore
internal import ServiceLifecycle

/// A listener that answers as its router says, until it is told to end.
///
/// What is hostile is bounded here, for every port alike: heads are small, connections that say nothing are closed, and no more
/// are accepted than the machine bears. Bodies are bounded where they are read, since most routes want none; what of a body is not
/// read when its request is answered is not waited for.
package struct WebServer: ServiceLifecycle.Service {
  /// What every listener bears.
  package struct Bounds: Sendable {
    /// Bytes of all header fields of a request together; more is refused with 400.
    package var headerSize = 16 << 10
    /// How many header fields a request may have.
    package var headerCount = 100
    /// How long a connection may say nothing, while a request is due or under way, and how long it may take for an answer
    /// that is ready.
    package var idleTime = TimeAmount.seconds(30)
    /// How many connections are open at once; others wait to be accepted.
    package var connections = 512

    package init() {}
  }

  /// Where it listens.
  package enum Place: Sendable, Equatable, CustomStringConvertible {
    case address(ListenAddress)
    /// A Unix socket: a file.
    case socket(String)

    package var description: String {
      switch self {
      case .address(let address): "\(address)"
      case .socket(let path): "unix:\(path)"
      }
    }
  }

  private let application: any ServiceLifecycle.Service

  /// - Parameters:
  ///   - running: Told the port once it listens: the one the system chose where 0 was asked for.
  package init(
    at address: ListenAddress, bounds: Bounds = Bounds(), logger: Logger,
    router: Router<BasicRequestContext>,
    running: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
  ) {
    self.init(
      at: .address(address), bounds: bounds, logger: logger, responder: router.buildResponder(),
      running: running)
  }

  /// - Parameters:
  ///   - responder: What answers.
  ///   - running: Told the port once it listens; 0 for a Unix socket.
  package init<Responder: HTTPResponder>(
    at place: Place, bounds: Bounds = Bounds(), logger: Logger, responder: Responder,
    running: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
  ) where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
    let address: BindAddress =
      switch place {
      case .address(let address): .hostname(address.host, port: address.port)
      case .socket(let path): .unixDomainSocket(path: path)
      }
    application = Application(
      responder: responder,
      server: .http1(
        configuration: .init(
          additionalChannelHandlers: [UnreadBody()], idleTimeout: bounds.idleTime,
          httpDecoderConfiguration: .init(
            maxHeaderFieldSize: bounds.headerSize, maxHeaderListSize: bounds.headerSize,
            maxHeaderFieldCount: bounds.headerCount))),
      configuration: .init(
        address: address,
        availableConnectionsDelegate: .maximum(bounds.connections, logger: logger)),
      onServerRunning: { channel in await running(channel.localAddress?.port ?? 0) },
      logger: logger)
  }

  /// Listens until the task is cancelled or its service group shuts down gracefully; requests under way are answered first.
  ///
  /// Throws where the address cannot be had.
  package func run() async throws { try await application.run() }
}
#endif
