/// One recommendation of an imported score, as one tenant's observation shows it.
///
/// Everything in it comes from a tenant: hostile text.
package struct ImportedControl: Sendable, Hashable {
  /// As the source names it.
  package let id: String
  package var title = ""
  /// The product, as the source names it.
  package var service = ""
  package var category = ""
  package var tier = ""
  package var userImpact = ""
  package var implementationCost = ""
  package var threats: [String] = []
  /// Plain text. Empty in what was recorded.
  package var remediation = ""
  /// Where to do it.
  package var manage: String?
  package var isDeprecated = false
  package var possible = ImportedPoints.zero
  /// Nil when the source does not score the control for the tenant.
  package var earned: ImportedPoints?
  /// How the source says that it stands, in its words.
  package var standing = ""
  /// The last decision about it that the source was told.
  package var decision = TargetState.undecided

  package init(id: String) { self.id = id }

  /// `3.5 of 10`; nil when the source does not score it.
  package var points: String? { earned.map { "\($0) of \(possible)" } }

  /// Whether every point is earned.
  package var isComplete: Bool {
    earned.map { $0 >= possible && possible > .zero } ?? false
  }
}

extension TargetState {
  /// Nothing was decided.
  package static let undecided = TargetState(state: "Default")
}

/// What was read of one tenant's imported score.
package struct ImportedObservation: Sendable, Hashable {
  /// The day of the latest score; nil when there is none.
  package var scoredAt: Instant?
  package var current: ImportedPoints?
  package var possible: ImportedPoints?
  /// Sorted by identifier.
  package var controls: [ImportedControl] = []
  /// Why there are no controls, or no points.
  package var obstacle: Reason?

  package init() {}
}
