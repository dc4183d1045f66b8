private import CGit2

/// A walk through history, the newest commit first.
///
/// A commit comes after at least one of its children, and otherwise by the committer's time, as in
/// `git log`. History ends at the boundary of a shallow clone as it does at a root. Commits are read as
/// they are asked for, so that the first few of a long history cost little.
public struct CommitLog {
  private let repository: Repository
  private let boundary: Set<ObjectID>
  private let isFirstParentOnly: Bool
  private let path: String?
  private var queue = CommitQueue()
  private var seen: Set<ObjectID> = []
  private var entries: [ObjectID: ObjectID?] = [:]

  init(
    repository: Repository, from start: ObjectID, firstParent: Bool, path: String?
  ) throws(GitError) {
    self.repository = repository
    boundary = try repository.shallowBoundary()
    isFirstParentOnly = firstParent
    self.path = path
    seen.insert(start)
    queue.insert(try repository.commit(start))
  }

  /// The next commit; nil at the end.
  public mutating func next() throws(GitError) -> CommitInfo? {
    while let commit = queue.removeNewest() {
      let parents = followedParents(of: commit)
      for parent in parents where seen.insert(parent).inserted {
        queue.insert(try repository.commit(parent))
      }
      guard let path else { return commit }
      if try changes(path, in: commit, comparedWith: parents) { return commit }
    }
    return nil
  }

  private func followedParents(of commit: CommitInfo) -> [ObjectID] {
    if boundary.contains(commit.id) { return [] }
    return isFirstParentOnly ? Array(commit.parents.prefix(1)) : commit.parents
  }

  /// Whether a path is unlike what every parent has there; in a root, whether it is there at all.
  private mutating func changes(
    _ path: String, in commit: CommitInfo, comparedWith parents: [ObjectID]
  ) throws(GitError) -> Bool {
    let own = try entryID(of: path, inTree: commit.tree)
    // A commit is visited once: its own entry is not needed again, but its parents' will be.
    guard !parents.isEmpty else { return own != nil }
    for parent in parents {
      let tree = try repository.tree(at: parent)
      if try entryID(of: path, inTree: tree) == own { return false }
    }
    return true
  }

  private mutating func entryID(
    of path: String, inTree tree: ObjectID
  ) throws(GitError) -> ObjectID? {
    if let known = entries[tree] { return known }
    let found = try repository.entry(path, inTree: tree)?.id
    entries[tree] = .some(found)
    return found
  }
}

extension Repository {
  /// A commit.
  public func commit(_ id: ObjectID) throws(GitError) -> CommitInfo {
    let pointer = try lookUpCommit(id)
    defer { git_commit_free(pointer) }
    return CommitInfo(pointer)
  }

  /// A walk through history from a commit, which comes first.
  ///
  /// - Parameters:
  ///   - start: The newest commit.
  ///   - firstParent: Whether to follow the first parents only, leaving out what merges brought in.
  ///   - path: Takes only commits in which this file or folder is unlike what every parent has. A file
  ///     that was renamed is not followed.
  public func walk(
    from start: ObjectID, firstParent: Bool = false, path: String? = nil
  ) throws(GitError) -> CommitLog {
    try CommitLog(repository: self, from: start, firstParent: firstParent, path: path)
  }

  /// The commits of ``walk(from:firstParent:path:)``, at most `limit` of them.
  public func log(
    from start: ObjectID, firstParent: Bool = false, path: String? = nil, limit: Int? = nil
  ) throws(GitError) -> [CommitInfo] {
    var walk = try walk(from: start, firstParent: firstParent, path: path)
    var commits: [CommitInfo] = []
    while commits.count < limit ?? .max, let commit = try walk.next() { commits.append(commit) }
    return commits
  }
}
