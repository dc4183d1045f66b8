internal import CGit2

extension Repository {
  /// Deletes a reference of this repository; where there is none, nothing happens.
  ///
  /// It is not a compare-and-swap: for references that nobody else moves any more.
  ///
  /// - Throws: ``GitError`` with `invalidReferenceName`, or `locked`.
  public func deleteReference(_ name: String) throws(GitError) {
    try ReferenceName.validate(name)
    let result = git_reference_remove(pointer, name)
    if result == GIT_ENOTFOUND.rawValue { return }
    try GitError.check(result, "deleting '\(name)'")
  }

  /// Deletes references of a remote, in one push. One that it no longer has is no error.
  ///
  /// - Parameters:
  ///   - names: Full names.
  ///   - remote: As in ``push(_:as:to:options:)``, with the same care for credentials.
  /// - Throws: ``GitError`` as in pushing; what the remote refuses in its own words.
  public func deleteReferences(
    _ names: [String], of remote: String, options: RemoteOptions = RemoteOptions()
  ) throws(GitError) {
    for name in names { try ReferenceName.validate(name) }
    let remote = try Remote(remote, in: self, forPushing: true)
    if let folder = remote.folder {
      let other = try Repository.open(folder, searchingAbove: false)
      for name in names { try other.deleteReference(name) }
      return
    }
    let (result, conversation) = try send(
      names.map { ":\($0)" }, to: remote, options: options)
    try conversation.check(result, "deleting references of '\(remote.label)'")
    for name in names {
      if case let reason?? = conversation.statuses[name] {
        throw GitError(.library, "'\(remote.label)' refuses to delete '\(name)': \(reason)")
      }
    }
  }
}
