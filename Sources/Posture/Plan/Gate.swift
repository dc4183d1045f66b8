/// A condition that CI is stopped by.
package struct Gate: Sendable, Hashable {
  package let name: String
  package let outcome: Outcome
  package let reason: String
  /// How to get past it; nil when it is passed.
  package let remedy: String?
  /// Whether it ends the run with exit code 3: it failed, or could not be judged where it must be.
  package let stops: Bool

  /// - Parameter stops: By default, whether it failed.
  package init(
    name: String, outcome: Outcome, reason: String, remedy: String? = nil, stops: Bool? = nil
  ) {
    self.name = name
    self.outcome = outcome
    self.reason = reason
    self.remedy = remedy
    self.stops = stops ?? (outcome == .failed)
  }

  package enum Outcome: String, Sendable, CaseIterable {
    case passed, warned, failed
    /// There is nothing that it could be judged by.
    case notJudged
  }
}
