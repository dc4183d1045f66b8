#if Service
package import Logging
package import ServiceLifecycle
internal import UnixSignals

/// Runs what listens and what works side by side, until a signal ends it.
package enum ServiceRun {
  /// SIGTERM and SIGINT end all of it gracefully, the last service first: listeners answer until the work is done, so that whoever asks
  /// whether the process is ready is told that it is not any more.
  ///
  /// - Parameters:
  ///   - work: What ends first; nil where answering is all that is done.
  /// - Throws: What ends one of them: an address that cannot be had.
  package static func run(
    _ listeners: [WebServer], _ work: (any ServiceLifecycle.Service)? = nil, logger: Logger
  ) async throws {
    try await group(listeners + (work.map { [$0] } ?? []), logger: logger).run()
  }

  /// Services side by side: where one ends, or fails, all end gracefully, the last one first.
  ///
  /// - Parameters:
  ///   - services: In the order in which they start.
  ///   - signals: Whether SIGTERM and SIGINT end them.
  ///   - longest: How long what is under way may take then, before it is cut off; nil for as long as it takes.
  static func group(
    _ services: [any ServiceLifecycle.Service], signals: Bool = true, longest: Duration? = nil,
    logger: Logger
  ) -> ServiceGroup {
    var configuration = ServiceGroupConfiguration(
      services: services.map {
        .init(
          service: $0, successTerminationBehavior: .gracefullyShutdownGroup,
          failureTerminationBehavior: .gracefullyShutdownGroup)
      }, gracefulShutdownSignals: signals ? [.sigterm, .sigint] : [], logger: logger)
    configuration.maximumGracefulShutdownDuration = longest
    return ServiceGroup(configuration: configuration)
  }
}
#endif
