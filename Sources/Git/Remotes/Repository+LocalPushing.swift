internal import CGit2

extension Repository {
  /// Pushes to a repository on this machine.
  ///
  /// libgit2 overwrites a branch there whatever has become of it since it was read; here the branch is
  /// moved by compare-and-swap, so that of two who push at once one loses and hears of it.
  func push(
    _ id: ObjectID, as destination: String, toFolder folder: String
  ) throws(GitError) -> PushResult {
    let remote = try Repository.open(folder, searchingAbove: false)
    let current = try remote.target(of: destination)
    if current == id { return .pushed }
    if let current {
      guard try contains(current), try isAncestor(current, of: id) else { return .notFastForward }
    }
    try copyHistory(of: id, after: current, to: remote)
    do throws(GitError) {
      let update = try remote.updateReference(destination, from: current, to: id, message: "push")
      return update == .moved ? .pushed : .notFastForward
    } catch {
      switch error.code {
      case .checkedOutReference, .referenceConflict, .symbolicReference:
        return .refused(reason: error.message)
      default: throw error
      }
    }
  }

  private func contains(_ id: ObjectID) throws(GitError) -> Bool {
    var raw = id.raw
    return git_odb_exists(objects, &raw) == 1
  }

  /// Writes what a commit's history has and the other repository's branches have not, as one pack.
  private func copyHistory(
    of id: ObjectID, after tip: ObjectID?, to other: Repository
  ) throws(GitError) {
    var walk: OpaquePointer?
    try GitError.check(git_revwalk_new(&walk, pointer), "collecting what is pushed")
    defer { git_revwalk_free(walk) }
    var raw = id.raw
    try GitError.check(git_revwalk_push(walk, &raw), "collecting what is pushed")
    for reference in try other.references(under: "refs/heads/") {
      // A shallow clone may have a branch's tip and not what that comes from.
      guard try contains(reference.target), !isShallow || reference.target == tip else { continue }
      var known = reference.target.raw
      try GitError.check(git_revwalk_hide(walk, &known), "collecting what is pushed")
    }
    var builder: OpaquePointer?
    try GitError.check(git_packbuilder_new(&builder, pointer), "packing what is pushed")
    defer { git_packbuilder_free(builder) }
    try GitError.check(git_packbuilder_insert_walk(builder, walk), "packing what is pushed")
    guard git_packbuilder_object_count(builder) > 0 else { return }
    let lock = try ObjectLock(in: other.commonDirectory)
    defer { lock.finish() }
    try GitError.check(
      git_packbuilder_write(builder, other.commonDirectory + "/objects/pack", 0, nil, nil),
      "writing to '\(other.commonDirectory)'")
  }
}
