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
  /// What makes `plan` and `apply` fail.
  package var gates = Gates()
  /// Who is told what of a run that recorded something.
  package var notifications: [Notification] = []
  /// Where the document stands, if there is one.
  package var mark: Mark?

  /// As they are without a Settings document.
  package init() {}
}

extension Settings: Kind {
  package static let summary = "How Plumb behaves for this desired state; at most one."

  package static let example = """
    reports: { branch: plumb/reports }
    exceptions: { maxDuration: 180d }
    gates: { newNotCompliant: high, scoreDrop: 2, staleObservation: warn }
    notifications: [{ to: security, on: [regressed, exceptionExpired, suspect], minImpact: high }]
    """

  package static let changed = Change.Kind.settingsChanged

  package static let fields: [Field<Settings>] = [
    .section(
      "reports",
      [
        .optional(
          "branch", \.reportsBranch, .branchName,
          "The branch of the reports; plumb/reports by default.", .place(\.reportsBranch)),
        .optional(
          "path", \.reportsPath, .reportsFolder, "The folder in it; reports by default.",
          .place(\.reportsPath)),
      ], "Where apply commits."),
    .section(
      "drift",
      [
        .optional(
          "scoreDropThreshold", \.scoreDropThreshold, .integer(in: 1...100),
          "The points that a score must fall for an event; 2 by default.",
          .number(.higherWeakens, \.scoreDropThreshold))
      ], "What counts as an event."),
    .section(
      "exceptions",
      [
        .optional(
          "maxDuration", \.exceptionMaxDuration, .seconds,
          "How far ahead an exception may expire; 365d by default.",
          .span(.higherWeakens, \.exceptionMaxDuration)),
        .optional(
          "expiringSoon", \.expiringSoon, .seconds,
          "From when it is announced that one ends; 14d by default.",
          .span(.lowerWeakens, \.expiringSoon)),
      ], "Bounds of exceptions."),
    .optional(
      "gates", \.gates, .object, "What makes plan and apply end with exit code 3."),
    .optional(
      "notifications", \.notifications, .list(of: .object),
      "Who is told what when apply --notify records a change.", .told),
  ]

  package init(_ envelope: Envelope) {
    self.init()
    mark = envelope.name.mark
  }

  /// Reads the document; what is wrong in it keeps its default.
  package init(_ envelope: Envelope, diagnostics: Diagnostics) {
    self.init(envelope)
    _ = Self.fields.read(into: &self, from: envelope.spec, diagnostics)
  }
}
