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
    case failed(ObservationFailure)
  }

  /// Why it could not be observed; nil where it was.
  package var failure: ObservationFailure? {
    if case .failed(let failure) = outcome { failure } else { nil }
  }

  /// Whether everything was read.
  package var isComplete: Bool {
    if case .failed = outcome { return false }
    return collections.allSatisfy { $0.state == .complete }
  }

  /// One line for people: what was read, what not, at what cost.
  package var summary: String {
    switch outcome {
    case .failed(let failure): return "\(instance): not observed: \(failure.text)"
    case .stored:
      let complete = collections.filter { $0.state == .complete }.count
      let resources = collections.reduce(0) { $0 + $1.count }
      var text =
        "\(instance): \(complete) of \(collections.count) collections, \(resources) resources, \(requests) requests"
      let others = CollectionSummary.State.allCases.filter { $0 != .complete }.compactMap { state in
        let count = collections.filter { $0.state == state }.count
        return count == 0 ? nil : "\(count) \(state.rawValue)"
      }
      if !others.isEmpty { text += " (\(others.joined(separator: ", ")))" }
      return text
    }
  }
}
