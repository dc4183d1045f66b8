/// What pages tell: how things stand, what changed and why, and how it came about.
///
/// Values only: of a plan, or of what is recorded, with as much of its history as whoever made it has read.
package struct Story: Sendable {
  /// What stands, and what changed since the report before.
  package var comparison: Comparison
  package var desired: DesiredReference
  /// The report that stands; nil while it is only planned.
  package var report: ReportReference?
  /// The report that it is compared with.
  package var previous: ReportReference?
  package var gates: [Gate] = []
  /// Scores over time; nil where there is no report yet.
  package var history: ScoreHistory?
  package var source: HistorySource?
  /// What each of the last reports changed, the newest first.
  package var steps: [Step] = []
  /// What changed since earlier reports, the nearest first.
  package var earlier: [(title: String, step: Step)] = []
  /// What became of each recommendation, by its name.
  package var courses: [String: RecommendationHistory] = [:]
  /// The frameworks of which anything is decided here.
  package var frameworks: [FrameworkStanding] = []
  /// What is said of recommendations.
  package var recommendations: [Recommendation] = []

  package init(_ comparison: Comparison, desired: DesiredReference) {
    self.comparison = comparison
    self.desired = desired
  }

  package init(_ plan: Plan) {
    self.init(plan.comparison, desired: plan.desired)
    gates = plan.gates
  }

  /// What one report says otherwise than another, without the two snapshots.
  package struct Step: Sendable {
    package let from: ReportReference
    package let to: ReportReference
    package let changes: [Change]
    package let initiatives: [InitiativePlan]

    package init(
      from: ReportReference, to: ReportReference, changes: [Change], initiatives: [InitiativePlan]
    ) {
      self.from = from
      self.to = to
      self.changes = changes
      self.initiatives = initiatives
    }
  }

  /// The time that counts as now.
  package var at: Instant { comparison.at }
}
