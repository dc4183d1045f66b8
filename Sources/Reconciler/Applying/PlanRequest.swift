package import Posture

/// What a plan is to be made of.
package struct PlanRequest: Sendable {
  package var location: DeclaredState.Location
  /// The folder of stored observations; nil: the default below the working directory.
  package var observations: String?
  package var now: Instant
  /// Whether suspect observations are taken.
  package var force: Bool

  package init(
    _ location: DeclaredState.Location, observations: String? = nil, now: Instant,
    force: Bool = false
  ) {
    self.location = location
    self.observations = observations
    self.now = now
    self.force = force
  }
}
