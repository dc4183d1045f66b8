/// One recommendation of an imported score, as one tenant's observation shows it.
///
/// Everything in it comes from a tenant: hostile text.
package struct ImportedControl: Sendable, Hashable {
  /// The identifier, as the source has it: `AdminMFAV2`.
  package internal(set) var id: String
  /// The title, as the source has it, on one line.
  package var title = ""
  /// The product, as the source names it; empty where it does not say.
  package var service = ""
  /// The category, as the source names it: `Identity`. Empty where it does not say.
  package var category = ""
  /// How advanced it is, as the source names it: `Core`. Empty where it does not say.
  package var tier = ""
  /// What it costs users, as the source names it: `Low`. Empty where it does not say.
  package var userImpact = ""
  /// What it costs to do, as the source names it: `Moderate`. Empty where it does not say.
  package var implementationCost = ""
  /// The threats that it counters, as the source names and orders them.
  package var threats: [String] = []
  /// How to do it, in plain text; empty in what was recorded.
  package var remediation = ""
  /// The web address where to do it; nil where the source names none.
  package var manage: String?
  /// Whether the source has withdrawn it: it counts nowhere then.
  package var isDeprecated = false
  /// The most points that it can earn.
  package var possible = ImportedPoints.zero
  /// The points that it earns; nil when the source does not score it for the tenant.
  package var earned: ImportedPoints?
  /// How it stands, in the source's words, on one line; empty where it does not say.
  package var standing = ""
  /// The last decision about it that the source was told.
  package var decision = TargetState.undecided

  /// A control of which nothing else is known.
  package init(id: String) { self.id = id }

  /// `3.5 of 10`; nil when the source does not score it.
  package var points: String? { earned.map { "\($0) of \(possible)" } }

  /// Whether every point is earned.
  package var isComplete: Bool {
    earned.map { $0 >= possible && possible > .zero } ?? false
  }
}

extension TargetState {
  /// The state of a control about which nothing was decided, as the source names it.
  package static let undecided = TargetState(state: "Default")
}

/// What was read of one tenant's imported score.
package struct ImportedObservation: Sendable, Hashable {
  /// When the source made the latest score; nil when there is none.
  package var scoredAt: Instant?
  /// The source's own total of points earned; nil when there is no score.
  package var current: ImportedPoints?
  /// The source's own total of points that can be earned; nil when there is no score.
  package var possible: ImportedPoints?
  /// Sorted by identifier.
  package var controls: [ImportedControl] = []
  /// Why there are no controls, or no points; nil when there are.
  package var obstacle: Reason?

  /// Nothing was read.
  package init() {}
}
