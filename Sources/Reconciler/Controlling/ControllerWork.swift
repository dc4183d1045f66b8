package import Observation
package import Posture

/// What the controller's loop has others do: everything of it that takes time or talks to somebody.
package protocol ControllerWork: Sendable {
  /// Asks the remote for the desired state, and reads it.
  func fetch() async throws -> FollowedState
  /// What is stored of an instance.
  func stored(_ instance: Instance, of state: FollowedState) async -> ControlTable.Stored
  /// Observes one instance, however fresh it is.
  func observe(_ instance: String, of state: FollowedState) async -> ObservationReport
  /// Brings the reports up to date with the whole desired state.
  func apply(_ state: FollowedState) async throws -> ControllerOutcome
  /// What changes where the credentials' file does; nil where there is none.
  func credentialsMark() async -> String?
}

/// A desired state that was fetched.
package struct FollowedState: Sendable {
  package let fetched: FollowedRemote.Fetched?
  package let state: DesiredState
  package let revision: String

  package init(_ state: DesiredState, revision: String, fetched: FollowedRemote.Fetched? = nil) {
    self.state = state
    self.revision = revision
    self.fetched = fetched
  }
}

/// What came of a run.
package struct ControllerOutcome: Sendable {
  /// What was applied; nil in rehearsals.
  package let delivery: Delivery?
  /// The commit of this run; nil where nothing changed.
  package let commit: String?
  /// Why the remote does not have what is recorded here; nil where it has.
  package let unpushed: String?
  /// Why instances are held as suspect, by name.
  package let suspects: [String: (code: String, text: String)]
  /// How many changes there were.
  package let changes: Int
  /// What became of each channel that had something to hear.
  package let told: [NotificationOutcome]

  package init(
    delivery: Delivery? = nil, commit: String? = nil, unpushed: String? = nil,
    suspects: [String: (code: String, text: String)] = [:], changes: Int = 0,
    told: [NotificationOutcome] = []
  ) {
    self.delivery = delivery
    self.commit = commit
    self.unpushed = unpushed
    self.suspects = suspects
    self.changes = changes
    self.told = told
  }
}
