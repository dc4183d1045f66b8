/// The right to write objects: one holder at a time among all processes of this program in a repository, so
/// that what is half written while this is held is a dead one's.
struct ObjectLock: ~Copyable {
  private let lock: UpdateLock

  /// Waits for the right, and clears what a dead predecessor left.
  ///
  /// - Parameter root: The repository's common folder.
  init(in root: String) throws(GitError) {
    let lock = try UpdateLock(
      path: Self.file(in: root), patience: .seconds(300), doing: "writing objects",
      context: "writing objects")
    let began = lock.beginning
    LockFile.removeAbandoned(
      FileSystem.files(in: root + "/objects") { $0.hasPrefix("tmp_object_git2_") }, since: began)
    // A fetch of another process may be writing a pack just now.
    UpdateLock.ifFree(ExchangeLock.file(in: root)) {
      LockFile.removeAbandoned(Self.halfPacks(in: root), since: began)
    }
    try lock.begin()
    self.lock = lock
  }

  /// Says that all was done in order.
  func finish() { lock.clear() }

  static func file(in root: String) -> String { root + "/plumb-objects.lock" }

  /// Packs that are being written, or were.
  static func halfPacks(in root: String) -> [String] {
    FileSystem.files(in: root + "/objects/pack") {
      $0.hasPrefix("pack_git2_") || $0.hasPrefix("tmp_pack_git2_")
    }
  }
}
