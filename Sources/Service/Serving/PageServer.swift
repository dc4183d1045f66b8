#if Service
private import Foundation
internal import Hummingbird
package import Logging
internal import NIOCore
package import ServiceLifecycle

/// `plumb serve`: pages and interface on one port, what those ask who run it on another. It holds no credential of a tenant.
package struct PageServer: Sendable {
  package struct Configuration: Sendable {
    package var source: ReportSource
    package var listen: WebServer.Place
    /// Nil for no such port.
    package var admin: ListenAddress?
    package var authentication: Authentication
    /// Seconds.
    package var interval: Double
    /// What hooks prove themselves with; nil where none are taken.
    package var hookSecret: HookSecret?
    package var isBehindTLS: Bool
    package var bounds: WebServer.Bounds
    /// Done beside each look at the branch.
    package var alongside: @Sendable () async -> Void = {}

    package init(
      source: ReportSource, listen: WebServer.Place, admin: ListenAddress? = nil,
      authentication: Authentication = .open(isLocal: true), interval: Double = 60,
      hookSecret: HookSecret? = nil, isBehindTLS: Bool = false,
      bounds: WebServer.Bounds = Self.bounds
    ) {
      self.source = source
      self.listen = listen
      self.admin = admin
      self.authentication = authentication
      self.interval = interval
      self.hookSecret = hookSecret
      self.isBehindTLS = isBehindTLS
      self.bounds = bounds
    }

    /// What the port of pages bears: an address with every filter of the interface is longer than most.
    package static let bounds = {
      var bounds = WebServer.Bounds()
      bounds.headerSize = 32 << 10
      return bounds
    }()
  }

  package let store = PageStore()
  private let configuration: Configuration
  private let log: AccessLog
  private let logger: Logger
  private let bell = Bell()

  /// - Parameters:
  ///   - log: Told each access.
  ///   - logger: Told what happens otherwise.
  package init(_ configuration: Configuration, log: AccessLog, logger: Logger) {
    self.configuration = configuration
    self.log = log
    self.logger = logger
  }

  /// Serves until it is told to end; requests under way are answered first.
  ///
  /// - Parameters:
  ///   - signals: Whether SIGTERM and SIGINT tell it.
  ///   - running: Told where it listens, once it does: the ports of pages and of administration.
  /// - Throws: Where an address cannot be had.
  package func run(
    signals: Bool = true, running: @escaping @Sendable (_ pages: Int, _ admin: Int?) -> Void
  ) async throws {
    let group = group(signals: signals, running: running)
    try await group.run()
  }

  /// The services in the order in which they start, for who ends them himself.
  package func group(
    signals: Bool, running: @escaping @Sendable (_ pages: Int, _ admin: Int?) -> Void
  ) -> ServiceGroup {
    let (ports, telling) = AsyncStream<(isAdmin: Bool, port: Int)>.makeStream()
    let hasAdmin = configuration.admin != nil
    Task {
      var pages: Int?
      var admin: Int?
      for await (isAdmin, port) in ports {
        if isAdmin { admin = port } else { pages = port }
        guard let pages, !hasAdmin || admin != nil else { continue }
        running(pages, admin)
        break
      }
    }
    var services: [any ServiceLifecycle.Service] = [
      Publisher(
        source: configuration.source, store: store, interval: configuration.interval, bell: bell,
        logger: logger, alongside: configuration.alongside),
      WebServer(
        at: configuration.listen, bounds: configuration.bounds, logger: quiet, responder: responder
      ) { telling.yield((false, $0)) },
    ]
    if let admin = configuration.admin {
      var bounds = configuration.bounds
      bounds.connections = 32
      services.append(
        WebServer(at: admin, bounds: bounds, logger: quiet, router: adminRouter) {
          telling.yield((true, $0))
        })
    }
    return ServiceRun.group(services, signals: signals, longest: .seconds(30), logger: quiet)
  }

  /// Listeners and their order say what nobody who runs a server needs.
  private var quiet: Logger {
    var logger = logger
    logger.logLevel = .error
    return logger
  }

  private var responder: PageResponder {
    let scheme: OpenAPI.SecurityScheme? =
      switch configuration.authentication {
      case .open, .proxyHeader: nil
      case .tokens: .token
      case .proxyTokens(_, let header): .field(header ?? "Authorization")
      }
    return PageResponder(
      store: store, authentication: configuration.authentication,
      api: APIAnswers(
        store: store, version: configuration.source.version, security: scheme, logger: logger),
      hooks: hooks, log: log, isBehindTLS: configuration.isBehindTLS)
  }

  private var hooks: RouterResponder<BasicRequestContext>? {
    guard let secret = configuration.hookSecret else { return nil }
    let router = Router()
    let bell = bell
    // The reports branch and the desired state's: a push to any of them may be news.
    GitHook(secret: secret, branch: { nil }, ring: { await bell.ring() }, audit: logger)
      .add(to: router)
    return router.buildResponder()
  }

  private var adminRouter: Router<BasicRequestContext> {
    let store = store
    let interval = configuration.interval
    let version = configuration.source.version
    let began = Date().timeIntervalSince1970
    return AdminRoutes.router(
      isAlive: {
        // A fetch may take its time; what looks no more is to be started again.
        Date().timeIntervalSince1970 - max(store.lookedAt, began) < 3 * interval + 600
      }, isReady: { store.publication != nil }, metrics: { store.metrics(version: version) })
  }
}
#endif
