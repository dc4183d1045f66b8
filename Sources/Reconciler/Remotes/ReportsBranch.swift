package import Git

/// Where the reports branch stands, here and as the remote was last seen, and which of its commits the
/// next report follows.
package struct ReportsBranch: Sendable {
  /// Which commits count as recorded.
  package enum Side: Sendable {
    /// What is here and, where it is further, what was last seen of the remote.
    case here
    /// The remote's, and what is here only where that follows it.
    case remote
    /// The remote's alone.
    case remoteOnly
  }

  /// How the branch here stands to the remote's.
  package enum Relation: Sendable {
    case level, behind, ahead
    /// Each has commits that the other has not.
    case diverged
  }

  /// The full name.
  package let name: String
  /// The branch here; nil where there is none.
  package let local: ObjectID?
  /// The remote's, as it was last seen.
  package let tracked: ObjectID?
  /// How the branch here stands to the remote's.
  package let standing: Relation
  /// The commit that says what is recorded; nil while nothing is.
  package let tip: ObjectID?
  /// Why the remote could not be asked just now; nil when it was, or was not to be.
  var unreachable: GitError?

  /// - Parameters:
  ///   - branch: Without `refs/heads/`.
  ///   - tracking: The full name of what was last seen of the remote.
  package init(
    _ branch: String, in repository: Repository, side: Side = .here, tracking: String? = nil
  ) throws(GitError) {
    name = "refs/heads/\(branch)"
    local = try repository.target(of: name)
    tracked = try repository.target(of: tracking ?? Self.tracking(branch, remote: "origin"))
    standing = try Self.standing(local, tracked, in: repository)
    tip =
      switch (side, standing) {
      case (.remoteOnly, _), (_, .behind), (.remote, .diverged): tracked
      case (.here, _), (.remote, _): local
      }
  }

  /// `refs/remotes/origin/plumb/reports`
  package static func tracking(_ branch: String, remote: String) -> String {
    "refs/remotes/\(remote)/\(branch)"
  }

  private static func standing(
    _ local: ObjectID?, _ tracked: ObjectID?, in repository: Repository
  ) throws(GitError) -> Relation {
    guard local != tracked else { return .level }
    guard let local else { return .behind }
    guard let tracked else { return .ahead }
    if try repository.isAncestor(local, of: tracked) { return .behind }
    return try repository.isAncestor(tracked, of: local) ? .ahead : .diverged
  }
}
