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
    let services: [any ServiceLifecycle.Service] = listeners + (work.map { [$0] } ?? [])
    try await ServiceGroup(
      configuration: .init(
        services: services.map {
          .init(
            service: $0, successTerminationBehavior: .gracefullyShutdownGroup,
            failureTerminationBehavior: .gracefullyShutdownGroup)
        },
        gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    ).run()
  }
}
#endif
