package import Posture

/// What came of observing one instance.
package struct ObservationReport: Sendable {
  package let instance: String
  package let outcome: Outcome
  /// Sorted by name; empty when it never came to reading.
  package let collections: [CollectionResult]
  package let requests: Int
  /// Bytes of answers.
  package let bytes: Int
  /// How often a request had to wait.
  package let waits: Int
  /// Seconds.
  package let duration: Double

  package enum Outcome: Sendable, Hashable {
    /// The observation was stored.
    case stored(observedAt: Instant)
    /// Nothing could be read; what was stored before stands, and that it failed is stored beside it.
    case failed(Fault)
  }

  /// Why it could not be observed; nil where it was.
  package var failure: Fault? {
    if case .failed(let failure) = outcome { failure } else { nil }
  }

  /// Whether everything was read.
  package var isComplete: Bool {
    if case .failed = outcome { return false }
    return collections.allSatisfy { $0.state == .complete }
  }
}
