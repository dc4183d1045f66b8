internal import Glibc

/// The right to move references: one holder at a time among all processes of this program.
///
/// It is an advisory lock (flock(2)) on a file in the repository's common folder. The kernel releases it
/// when its holder dies, however that happens. The file itself stays, and holds the journal: which lock
/// of git's the holder is about to take. See ``UpdateJournal``.
struct UpdateLock: ~Copyable {
  private let descriptor: Int32
  private let path: String

  /// Waits for the right.
  ///
  /// - Throws: ``GitError`` with `locked` when another process keeps it longer than `patience`.
  init(
    path: String, patience: Duration, doing: String = "updating references",
    context: String = "updating a reference"
  ) throws(GitError) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw GitError(
        .operatingSystem, "cannot open '\(path)': \(FileSystem.lastReason)",
        context: context)
    }
    var waiting = Patience(patience)
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      let reason = FileSystem.lastReason
      guard errno == EWOULDBLOCK else {
        close(descriptor)
        throw GitError(
          .operatingSystem, "cannot lock '\(path)': \(reason)", context: context)
      }
      guard waiting.wait() else {
        close(descriptor)
        throw GitError(
          .locked, "another process is \(doing): it holds '\(path)'",
          context: context)
      }
    }
    self.descriptor = descriptor
    self.path = path
  }

  /// Does something while holding a right that is free; nothing where somebody holds it.
  static func ifFree(_ path: String, _ body: () -> Void) {
    do throws(GitError) {
      let lock = try UpdateLock(path: path, patience: .zero)
      body()
      _ = consume lock
    } catch {
      return
    }
  }

  deinit {
    // Closing alone would leave the lock to a child that is being started just now.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  /// What the holder wrote last, or its dead predecessor; nil when that one finished in order.
  var journal: UpdateJournal? {
    guard let content = FileSystem.readAll(descriptor), !content.isEmpty else { return nil }
    return UpdateJournal(text: String(decoding: content, as: UTF8.self))
  }

  /// Replaces the journal, and waits until it is on the disk.
  func write(_ journal: UpdateJournal) throws(GitError) {
    let bytes = Array(journal.text.utf8)
    // Written in one call at the beginning and only then cut: a process that dies in between leaves
    // either text, whole, with a tail that `UpdateJournal` ignores.
    guard pwrite(descriptor, bytes, bytes.count, 0) == bytes.count,
      ftruncate(descriptor, off_t(bytes.count)) == 0, fdatasync(descriptor) == 0
    else {
      throw GitError(
        .operatingSystem, "cannot write '\(path)': \(FileSystem.lastReason)",
        context: "updating a reference")
    }
  }

  /// Says that work begins now: whoever finds this after the holder's death knows since when.
  func begin() throws(GitError) {
    let bytes = Array("began \(time(nil))\n".utf8)
    guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, bytes, bytes.count, 0) == bytes.count
    else {
      throw GitError(
        .operatingSystem, "cannot write '\(path)': \(FileSystem.lastReason)",
        context: "beginning work")
    }
  }

  /// When a predecessor began that did not finish, in seconds since 1970; nil when the last one did.
  var beginning: Int64? {
    guard let content = FileSystem.readAll(descriptor) else { return nil }
    let text = String(decoding: content.prefix(64), as: UTF8.self)
    guard text.hasPrefix("began ") else { return nil }
    return Int64(text.dropFirst(6).prefix { $0.isNumber })
  }

  /// Empties the journal: nothing is under way.
  func clear() {
    // A failure leaves a journal that the next holder finds untrue, and clears.
    _ = ftruncate(descriptor, 0)
  }
}

/// Waits that grow from one millisecond to fifty, until patience ends.
struct Patience {
  private let clock = ContinuousClock()
  private let end: ContinuousClock.Instant
  private var pause: UInt32 = 1000

  init(_ patience: Duration) {
    end = ContinuousClock().now + patience
  }

  /// Sleeps a little; false when there is no time left.
  mutating func wait() -> Bool {
    guard clock.now < end else { return false }
    usleep(pause)
    pause = min(pause * 2, 50_000)
    return true
  }
}
