internal import CGit2

extension Repository {
  /// Moves a reference if it still points where the caller believes: compare-and-swap.
  ///
  /// The comparison is made while git's lock on the reference is held, so that no other process, be it
  /// this program or git, can come in between. Killed at any moment, the process leaves the reference
  /// old or new, never broken; a lock file it leaves behind is removed by the next update.
  ///
  /// - Parameters:
  ///   - name: The full name: `refs/heads/plumb/reports`.
  ///   - old: Where the caller believes it points; nil when it must not exist.
  ///   - new: Where it is to point: below `refs/heads/`, a commit.
  ///   - message: The line for the reference's log; newlines become spaces.
  ///   - signature: Who moves it, for the log; by default the configured identity.
  ///   - allowCheckedOut: Whether to move a branch that is checked out in a working tree, whose files then
  ///     look modified.
  /// - Returns: Losing the race is a result, not an error.
  /// - Throws: ``GitError`` with `invalidReferenceName`, `symbolicReference`, `referenceConflict`,
  ///   `checkedOutReference`, `objectNotFound`, `wrongObjectType`, or `locked` when another process keeps
  ///   the lock longer than ``lockPatience``.
  public func updateReference(
    _ name: String, from old: ObjectID?, to new: ObjectID, message: String,
    signature: Signature? = nil, allowCheckedOut: Bool = false
  ) throws(GitError) -> ReferenceUpdate {
    try ReferenceName.validate(name)
    try checkTarget(new, of: name)
    let lock = try UpdateLock(path: commonDirectory + "/plumb.lock", patience: lockPatience)
    recover(under: lock)
    if !allowCheckedOut { try refuseCheckedOut(name) }
    do {
      let journal = UpdateJournal(reference: name, target: new)
      try lock.write(journal)
      let outcome = try update(name, old, new, message, signature, journal, lock)
      lock.clear()
      return outcome
    } catch {
      // In this process every way out has given git's lock back.
      lock.clear()
      throw error.adding(context: "updating '\(name)'")
    }
  }

  /// Removes what a process left behind that died while it moved a reference; a living one is left alone.
  ///
  /// An update does so by itself: this is for who finds that there is nothing left to update.
  public func clearDeadUpdate() {
    let path = commonDirectory + "/plumb.lock"
    guard FileSystem.contents(of: path)?.isEmpty == false else { return }
    do throws(GitError) {
      let lock = try UpdateLock(path: path, patience: .zero)
      recover(under: lock)
      lock.clear()
    } catch {
      return
    }
  }

  /// The same in the folder that a remote is; elsewhere it is not ours to do.
  public func clearDeadUpdate(of remote: String) {
    do throws(GitError) {
      let remote = try Remote(remote, in: self, forPushing: true)
      guard let folder = remote.folder else { return }
      try Repository.open(folder, searchingAbove: false).clearDeadUpdate()
    } catch {
      return
    }
  }

  /// Removes what the last holder of the lock left behind, if it died at work.
  private func recover(under lock: borrowing UpdateLock) {
    guard let journal = lock.journal else { return }
    // The journal is a file that others could write: its name is checked like any other.
    if (try? ReferenceName.validate(journal.reference)) != nil {
      lockFile(of: journal.reference)
        .removeIfLeft(by: journal, patience: min(lockPatience, .milliseconds(500)))
    }
    lock.clear()
  }

  private func update(
    _ name: String, _ old: ObjectID?, _ new: ObjectID, _ message: String, _ signature: Signature?,
    _ journal: UpdateJournal, _ lock: borrowing UpdateLock
  ) throws(GitError) -> ReferenceUpdate {
    var transaction: OpaquePointer?
    try GitError.check(git_transaction_new(&transaction, pointer), "updating '\(name)'")
    defer { git_transaction_free(transaction) }
    try takeLock(on: name, in: transaction)
    var owned = journal
    owned.lock = lockFile(of: name).identity
    try lock.write(owned)

    let current = try directTarget(of: name)
    guard current == old else { return .overtaken(current: current) }
    if current == nil { try refuseConflicts(with: name) }

    let signer = try signature.map { value throws(GitError) in try value.makeRaw() }
    defer { git_signature_free(signer) }
    var raw = new.raw
    let line = String(message.map { $0.isNewline || $0 == "\0" ? " " : $0 })
    try GitError.check(
      git_transaction_set_target(transaction, name, &raw, signer, line), "updating '\(name)'")
    let result = git_transaction_commit(transaction)
    if result >= 0 { return .moved }
    // The lock has become the reference's file before its folder is flushed, which fails where `git pack-refs` has packed the
    // one and removed the other in between: the reference is moved then, and as safe as git makes it.
    let error = GitError.fromLibrary(result, context: "updating '\(name)'")
    guard try directTarget(of: name) == new else { throw error }
    return .moved
  }

  private func takeLock(on name: String, in transaction: OpaquePointer?) throws(GitError) {
    var waiting = Patience(lockPatience)
    while true {
      let result = git_transaction_lock_ref(transaction, name)
      if result >= 0 { return }
      let error = GitError.fromLibrary(result, context: "updating '\(name)'")
      switch result {
      case GIT_ELOCKED.rawValue:
        guard waiting.wait() else {
          // Nobody holds a reference's lock for an hour.
          LockFile.removeAbandoned([lockFile(of: name).path], since: nil)
          if lockFile(of: name).identity == nil { continue }
          throw GitError(
            .locked,
            "another process holds '\(lockFile(of: name).path)'; if no git process is at work in "
              + "this repository, delete that file")
        }
      case GIT_ENOTFOUND.rawValue:
        // A folder above was removed, being empty, between its making and its use.
        guard waiting.wait() else { throw error }
      default:
        // A branch in the place of a folder shows as a failed system call.
        try refuseConflicts(with: name)
        throw error
      }
    }
  }

  /// What a reference points to itself; nil when it does not exist.
  private func directTarget(of name: String) throws(GitError) -> ObjectID? {
    var reference: OpaquePointer?
    let result = git_reference_lookup(&reference, pointer, name)
    if result == GIT_ENOTFOUND.rawValue { return nil }
    try GitError.check(result, "reading '\(name)'")
    defer { git_reference_free(reference) }
    if let target = git_reference_symbolic_target(reference) {
      throw GitError(
        .symbolicReference, "'\(name)' points to '\(String(cString: target))', not to an object")
    }
    guard let id = git_reference_target(reference) else {
      throw GitError(.corrupt, "'\(name)' points to nothing")
    }
    return ObjectID(id.pointee)
  }

  /// Fails when a reference above or below a name makes it impossible. libgit2 sees only the loose ones.
  private func refuseConflicts(with name: String) throws(GitError) {
    var iterator: OpaquePointer?
    try GitError.check(git_reference_iterator_new(&iterator, pointer), "listing references")
    defer { git_reference_iterator_free(iterator) }
    while true {
      var other: UnsafePointer<CChar>?
      let result = git_reference_next_name(&other, iterator)
      if result == GIT_ITEROVER.rawValue { return }
      try GitError.check(result, "listing references")
      guard let other = other.map({ String(cString: $0) }) else { return }
      if name.hasPrefix(other + "/") || other.hasPrefix(name + "/") {
        throw GitError(
          .referenceConflict,
          "'\(name)' cannot be created: '\(other)' exists, and one cannot be a folder of the other")
      }
    }
  }

  private func checkTarget(_ id: ObjectID, of name: String) throws(GitError) {
    if name.hasPrefix("refs/heads/") {
      git_commit_free(try lookUpCommit(id))
      return
    }
    var raw = id.raw
    guard git_odb_exists(objects, &raw) == 1 else {
      throw GitError(
        .objectNotFound, "no object \(id.hex) in this repository", context: "updating '\(name)'")
    }
  }

  func lockFile(of name: String) -> LockFile {
    // These few are kept per worktree; all others are shared.
    let own = ["refs/bisect/", "refs/worktree/", "refs/rewritten/"]
    let folder = own.contains { name.hasPrefix($0) } ? gitDirectory : commonDirectory
    return LockFile(path: folder + "/" + name + ".lock")
  }
}
