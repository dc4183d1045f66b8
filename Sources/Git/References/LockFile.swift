private import Glibc

/// The file beside a reference that says that somebody is changing it: git's own protocol.
struct LockFile {
  /// What tells one lock file from another that takes its place.
  struct Identity: Equatable {
    let device: Int64
    let inode: Int64
    /// The time of the last change of the content, in seconds since 1970.
    let seconds: Int64
    let nanoseconds: Int64
  }

  let path: String

  /// Who it is; nil when there is none, or when it is not a regular file.
  var identity: Identity? {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Identity(
      device: Int64(truncatingIfNeeded: status.st_dev),
      inode: Int64(truncatingIfNeeded: status.st_ino), seconds: Int64(status.st_mtim.tv_sec),
      nanoseconds: Int64(status.st_mtim.tv_nsec))
  }

  /// The user whom it belongs to; nil when there is none.
  private var owner: uid_t? {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_uid : nil
  }

  /// Removes the lock that a dead predecessor left, and no other.
  ///
  /// Certain when the journal knows the file: same device and inode, and either untouched since or
  /// filled with the id that the predecessor was writing. When the predecessor died before it could
  /// note that, an empty file that does not change for `patience` is taken for its own: a living git
  /// fills or removes its lock within moments of taking it.
  func removeIfLeft(by journal: UpdateJournal, patience: Duration) {
    guard let found = identity else { return }
    if let lock = journal.lock {
      guard found.device == lock.device, found.inode == lock.inode else { return }
      if holdsTarget(of: journal) || found == lock && isEmpty { unlink(path) }
      return
    }
    guard isEmpty || holdsTarget(of: journal) else { return }
    var waiting = Patience(patience)
    while waiting.wait() {
      guard identity == found else { return }
    }
    if identity == found { unlink(path) }
  }

  /// Removes files of this user that are as old as the predecessor's work, or older than an hour.
  ///
  /// - Parameter beginning: When a dead predecessor began, in seconds since 1970; nil where none died.
  static func removeAbandoned(_ paths: [String], since beginning: Int64?) {
    let uid = geteuid()
    let now = Int64(time(nil))
    let suspects = paths.compactMap { path -> (file: LockFile, identity: LockFile.Identity)? in
      let file = LockFile(path: path)
      guard let identity = file.identity, file.owner == uid else { return nil }
      let isOurs = beginning.map { identity.seconds >= $0 - 2 } ?? false
      return isOurs || identity.seconds < now - 3_600 ? (file, identity) : nil
    }
    guard !suspects.isEmpty else { return }
    // A living program fills or removes its file within moments.
    var waiting = Patience(.milliseconds(500))
    while waiting.wait() {}
    for (file, identity) in suspects where file.identity == identity { unlink(file.path) }
  }

  private var isEmpty: Bool { FileSystem.contents(of: path) == "" }

  /// Whether it holds the id that was to be written, or the beginning of it.
  private func holdsTarget(of journal: UpdateJournal) -> Bool {
    guard let content = FileSystem.contents(of: path), !content.isEmpty else { return false }
    return (journal.target.hex + "\n").hasPrefix(content)
  }
}
