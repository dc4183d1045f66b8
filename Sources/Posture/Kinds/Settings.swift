package import YAML

/// How Plumb itself behaves for one desired state.
package struct Settings: Sendable {
  /// The branch that reports are committed to, without `refs/heads/`.
  package var reportsBranch = "plumb/reports"
  /// The folder in it.
  package var reportsPath = "reports"
  /// Points that an initiative or a metric must fall for an event.
  package var scoreDropThreshold = 2
  /// Seconds ahead that an exception may expire at the most.
  package var exceptionMaxDuration = 365 * 86_400
  /// Seconds before its end from which an exception is expiring soon.
  package var expiringSoon = 14 * 86_400
  package var gates = Gates()
  /// Where the document stands, if there is one.
  package var mark: Mark?

  package init() {}
}
