/// What an apply did.
package struct Delivery: Sendable {
  /// The plan that was applied, with what it was made of.
  package let outcome: Workspace.PlannedRun
  /// Whether a report was committed.
  package let applied: Applied
  /// What became of pushing it; nil where it was not to be pushed.
  package var push: Push?
  /// The references that keep local commits which were never pushed before the remote diverged.
  package var setAside: [String] = []

  /// What became of the report.
  package enum Applied: Sendable {
    /// A commit was written: its identifier and the branch.
    case committed(id: String, branch: String)
    /// The recorded state says it all already.
    case nothingToDo
  }

  /// What became of pushing the reports branch.
  package enum Push: Sendable {
    /// The remote has what is recorded here; whether anything had to be sent.
    case done(sent: Bool)
    /// It has not, for this reason; what was recorded stays recorded here.
    case failed(String)
  }
}
