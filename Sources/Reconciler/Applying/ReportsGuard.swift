internal import Git

/// Keeps reports off branches that are somebody else's: a desired state may name any branch.
enum ReportsGuard {
  /// Refuses a branch whose tip Plumb did not write.
  ///
  /// A tip is Plumb's when its commit has the trailer `Plumb-Version`, or its tree a recorded state: people may merge and
  /// tidy up on the reports branch.
  static func check(
    _ tip: ObjectID?, branch: String, folder: String, in repository: Repository
  ) throws {
    guard let tip else { return }
    if try repository.commit(tip).trailer("Plumb-Version") != nil { return }
    if try repository.entry("\(folder)/state.json", at: tip) != nil { return }
    throw ReconcileError.refused(
      "branch '\(branch)' exists and holds no reports of Plumb: it is not overwritten; name another one in Settings, reports.branch"
    )
  }
}
