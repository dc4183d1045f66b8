/// The right to exchange with remotes: one holder at a time among all processes of this program in a
/// repository, so that what a dead one left can be told from what a living one holds.
///
/// libgit2 moves the references that a fetch, a mirror or a push leads to by itself, each under a lock file
/// of git's; killed at that moment, the process leaves it behind. This lock (flock(2)) dies with its holder,
/// and the file says when that one began: a lock file made since, by this user, that does not change while
/// nobody of ours is at work, is the dead one's. Other programs' are removed when they are older than
/// an hour: git holds one for moments.
struct ExchangeLock: ~Copyable {
  private let lock: UpdateLock

  static func file(in root: String) -> String { root + "/plumb-exchange.lock" }

  /// Where an exchange moves references, below the repository.
  private static let folders = ["refs/remotes", "refs/tags", "refs/plumb"]
  private static let files = [
    "HEAD", "FETCH_HEAD", "packed-refs", "shallow", "config", "ORIG_HEAD",
  ]

  /// Waits for the right, and clears what a dead predecessor left.
  ///
  /// - Parameter isOwn: Whether nobody but this program works in the repository: the cache.
  init(in repository: Repository, isOwn: Bool = false, doing: String) throws(GitError) {
    let root = repository.commonDirectory
    let lock = try UpdateLock(
      path: Self.file(in: root), patience: .seconds(300), doing: doing, context: doing)
    let began = lock.beginning
    let folders = isOwn ? ["refs"] : Self.folders
    var found = folders.flatMap { folder in
      FileSystem.files(in: root + "/" + folder, isDeep: true) { $0.hasSuffix(".lock") }
    }
    found += Self.files.map { root + "/" + $0 + ".lock" }
    LockFile.removeAbandoned(found, since: isOwn ? 0 : began)
    // Another process may be writing a pack of its own just now.
    UpdateLock.ifFree(ObjectLock.file(in: root)) {
      LockFile.removeAbandoned(ObjectLock.halfPacks(in: root), since: isOwn ? 0 : began)
    }
    try lock.begin()
    self.lock = lock
  }

  /// Says that all was done in order.
  func finish() { lock.clear() }
}
