package import Logging
internal import Posture

/// What observing depends on beside the instance: where to store, what to trust, how long to wait.
package struct ObserverOptions: Sendable {
  /// Where observations are kept; nil where nothing is to be stored.
  package var store: ObservationStore?
  /// How much the observation of one instance may ask for.
  package var limits = ObservationLimits()
  /// Hosts that the command line allows beside those that built-in connectors declare.
  package var allowedHosts: [AllowedHost] = []
  /// Certificates in PEM that are trusted beside the system's.
  package var caFile: String?
  /// The proxy of requests over TLS; none by default.
  package var proxy = ProxySettings(environment: [:])
  /// Loopback addresses that stand in for hosts, to rehearse against a recording: never another
  /// machine's.
  package var detours: [String: Address] = [:]
  /// The collections to read; nil reads all.
  package var collections: Set<String>?
  /// The clock, and the chance in waits; tests have their own.
  package var pace: any Pace = SystemPace()
  /// Shared by the instances of a run.
  package var gates = HostGates()
  /// Shared by the instances of a run; nil makes each instance its own. Whoever makes them closes them.
  package var connections: Connections?
  /// Shared by the instances of a run.
  package var storage = StorageQuota("a run", limit: ObservationLimits.runSize)
  /// Takes waits, pages and answers, with secrets masked; drops them by default.
  package var log = Logger(label: "plumb.observe", factory: { _ in SwiftLogNoOpLogHandler() })
  /// Called at each step of each instance, from any thread.
  package var progress: @Sendable (ObservationProgress) -> Void = { _ in }
  /// Replaces the network, for tests.
  package var transport: (any Transport)?

  package init(store: ObservationStore?) { self.store = store }
}
