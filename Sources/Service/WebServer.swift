#if Service
package import Hummingbird
package import Logging
package import NIOCore
import ServiceLifecycle

/// A listener that answers as its router says, until it is told to end.
///
/// What is hostile is bounded here, for every port alike: heads are small, connections that say nothing are closed, and no more
/// are accepted than the machine bears. Bodies are bounded where they are read, since most routes want none.
package struct WebServer: ServiceLifecycle.Service {
  /// What every listener bears.
  package struct Bounds: Sendable {
    /// Bytes of all header fields of a request together; more is refused with 400.
    package var headerSize = 16 << 10
    /// How many header fields a request may have.
    package var headerCount = 100
    /// How long a connection may say nothing, while a request is due or under way.
    package var idleTime = TimeAmount.seconds(30)

    package init() {}
  }

  private let application: Application<RouterResponder<BasicRequestContext>>

  /// - Parameters:
  ///   - running: Told the port once it listens: the one the system chose where 0 was asked for.
  package init(
    at address: ListenAddress, bounds: Bounds = Bounds(), logger: Logger,
    router: Router<BasicRequestContext>,
    running: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
  ) {
    application = Application(
      router: router,
      server: .http1(
        configuration: .init(
          idleTimeout: bounds.idleTime,
          httpDecoderConfiguration: .init(
            maxHeaderFieldSize: bounds.headerSize, maxHeaderListSize: bounds.headerSize,
            maxHeaderFieldCount: bounds.headerCount))),
      configuration: .init(address: .hostname(address.host, port: address.port)),
      onServerRunning: { channel in await running(channel.localAddress?.port ?? address.port) },
      logger: logger)
  }

  /// Listens until the task is cancelled or its service group shuts down gracefully; requests under way are answered first.
  ///
  /// Throws where the address cannot be had.
  package func run() async throws { try await application.run() }
}
#endif
