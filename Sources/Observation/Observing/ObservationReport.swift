package import Posture

/// What came of observing one instance.
package struct ObservationReport: Sendable {
  /// The instance's name.
  package let instance: String
  /// How it ended.
  package let outcome: Outcome
  /// Sorted by name; empty when it never came to reading.
  package let collections: [CollectionResult]
  /// Requests that were answered, those for tokens among them.
  package let requests: Int
  /// Bytes of their answers' bodies, after decompression.
  package let bytes: Int
  /// How often a request had to wait.
  package let waits: Int
  /// Seconds.
  package let duration: Double
  /// When the vendor asked to come back, in seconds since 1970; nil where it did not say.
  package var opening: Double?

  /// How an observation ended.
  package enum Outcome: Sendable, Hashable {
    /// The observation was stored.
    case stored(observedAt: Instant)
    /// Nothing could be read. The observation that was stored before stands, with the failure
    /// stored beside it.
    case failed(Fault)
  }

  /// The report of one that failed before anything was asked for.
  package init(_ instance: String, failed fault: Fault) {
    self.init(
      instance: instance, outcome: .failed(fault), collections: [], requests: 0, bytes: 0, waits: 0,
      duration: 0)
  }

  package init(
    instance: String, outcome: Outcome, collections: [CollectionResult], requests: Int, bytes: Int,
    waits: Int, duration: Double, opening: Double? = nil
  ) {
    self.instance = instance
    self.outcome = outcome
    self.collections = collections
    self.requests = requests
    self.bytes = bytes
    self.waits = waits
    self.duration = duration
    self.opening = opening
  }

  /// Why it could not be observed; nil where it was.
  package var failure: Fault? {
    if case .failed(let failure) = outcome { failure } else { nil }
  }

  /// Whether every collection was read whole.
  package var isComplete: Bool {
    if case .failed = outcome { return false }
    return collections.allSatisfy { $0.state == .complete }
  }
}
