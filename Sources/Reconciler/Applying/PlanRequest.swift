package import Posture

/// What a plan is to be made of.
package struct PlanRequest: Sendable {
  /// A folder in the repository.
  package var repository: String
  /// The folder of desired state, relative to the repository's root.
  package var path: String
  package var revision: String
  /// Whether the working tree is read instead of a revision.
  package var usesWorkingTree: Bool
  /// The folder of stored observations; nil: the default below the working directory.
  package var observations: String?
  package var now: Instant
  /// Whether suspect observations are taken.
  package var force: Bool

  package init(
    repository: String, path: String = "desired-state", revision: String = "HEAD",
    usesWorkingTree: Bool = false, observations: String? = nil, now: Instant, force: Bool = false
  ) {
    self.repository = repository
    self.path = path
    self.revision = revision
    self.usesWorkingTree = usesWorkingTree
    self.observations = observations
    self.now = now
    self.force = force
  }
}
