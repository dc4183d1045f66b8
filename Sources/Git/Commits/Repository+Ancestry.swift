internal import CGit2

extension Repository {
  /// The best common ancestor of two commits; nil when their histories have nothing in common.
  ///
  /// In a shallow clone only what is here is seen: the answer may be nil, or a later commit.
  public func mergeBase(_ left: ObjectID, _ right: ObjectID) throws(GitError) -> ObjectID? {
    for id in [left, right] { git_commit_free(try lookUpCommit(id)) }
    guard !isShallow else {
      let ancestors = try ancestors(of: left)
      var walk = try walk(from: right)
      while let commit = try walk.next() {
        if ancestors.contains(commit.id) { return commit.id }
      }
      return nil
    }
    var base = git_oid()
    var left = left.raw
    var right = right.raw
    let result = git_merge_base(&base, pointer, &left, &right)
    if result == GIT_ENOTFOUND.rawValue { return nil }
    try GitError.check(result, "finding the common ancestor of two commits")
    return ObjectID(base)
  }

  /// Whether one commit is the other, or comes before it in its history.
  ///
  /// - Complexity: Reads the history of `descendant` down to `ancestor`, and all of it when the answer
  ///   is no.
  public func isAncestor(_ ancestor: ObjectID, of descendant: ObjectID) throws(GitError) -> Bool {
    _ = try commit(ancestor)
    guard ancestor != descendant else { return true }
    guard isShallow else {
      var ancestor = ancestor.raw
      var descendant = descendant.raw
      return try GitError.check(
        git_graph_descendant_of(pointer, &descendant, &ancestor), "comparing two histories") == 1
    }
    var walk = try walk(from: descendant)
    while let commit = try walk.next() {
      if commit.id == ancestor { return true }
    }
    return false
  }

  /// The commits at which a shallow clone's history is cut off; empty in a whole repository.
  func shallowBoundary() throws(GitError) -> Set<ObjectID> {
    guard isShallow else { return [] }
    guard let text = FileSystem.contents(of: commonDirectory + "/shallow") else { return [] }
    return Set(text.split(separator: "\n").compactMap { ObjectID(hex: $0) })
  }

  private func ancestors(of start: ObjectID) throws(GitError) -> Set<ObjectID> {
    var found: Set<ObjectID> = []
    var walk = try walk(from: start)
    while let commit = try walk.next() { found.insert(commit.id) }
    return found
  }
}
