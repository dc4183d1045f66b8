package import Observation
package import Posture

/// What a plan is to be made of.
package struct PlanRequest: Sendable {
  /// Where the desired state is read from.
  package var location: DeclaredState.Location
  /// Where observations over an API are kept; nil where there is no such place.
  package var store: ObservationStore?
  /// Whether assessments are kept beside them, and taken from there where nothing that they rest on is otherwise.
  package var keepsAssessments = true
  package var now: Instant
  /// Whether that was given, and not the clock's: it may come again.
  package var isTimeGiven = false
  /// Whether suspect observations are taken.
  package var force: Bool
  /// Gates that fail for this run.
  package var demands: [Settings.GateDemand] = []
  /// Drift that is known, and that no gate is to fail for.
  package var ignoredDrift: [DriftSelector] = []
  /// The revision whose desired state is compared with, on the same observations, in place of what
  /// is recorded: its tip for what must hold, the point where the change left it for what differs.
  package var base: String?
  /// The digests of what a maintainer lets the change weaken.
  package var acceptedLess: [String] = []
  /// The remote that the report will be pushed to: what it has recorded is fetched first.
  package var remote: ReportsRemote?
  /// The instances that the run is about: the others are carried over as they are recorded. Nil for all.
  package var only: Set<String>?
  /// How what is stale is observed first; nil plans with what is stored.
  package var refresh: Refresh?
  /// What the parts of a fleet say, in place of what is stored; nil outside of a merge.
  package var evidence: FleetEvidence?
  /// Why instances could not be observed in this run, by what was to be observed.
  var failures: [ObservationOrigin: Fault] = [:]
  /// Told how many instances are judged, and of how many.
  package var progress: @Sendable (Int, Int) -> Void = { _, _ in }

  package init(
    _ location: DeclaredState.Location, store: ObservationStore? = nil, now: Instant,
    force: Bool = false
  ) {
    self.location = location
    self.store = store
    self.now = now
    self.force = force
  }
}
