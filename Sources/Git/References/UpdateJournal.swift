/// What an update of a reference is about to do, so that its successor can tell a lock that a dead
/// process left from one that a living process holds.
///
/// As text, five lines at most, the last one `end`:
///
/// ```
/// plumb-update 1
/// reference refs/heads/plumb/reports
/// target 0123456789abcdef0123456789abcdef01234567
/// lock 2049 131094 1700000000 123456789
/// end
/// ```
///
/// The `lock` line comes once the lock file is ours: its device, inode and time of last change. Before
/// that, a lock may be ours or another's.
struct UpdateJournal: Equatable {
  /// The reference's full name.
  let reference: String
  /// What it is to point to.
  let target: ObjectID
  /// The lock file, once it is ours.
  var lock: LockFile.Identity?

  private static let heading = "plumb-update 1"

  init(reference: String, target: ObjectID, lock: LockFile.Identity? = nil) {
    self.reference = reference
    self.target = target
    self.lock = lock
  }

  /// Reads a journal; nil when it is not one, or was not written to its end.
  init?(text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 4, lines[0] == Self.heading,
      let end = lines.firstIndex(of: "end"), end == 3 || end == 4,
      lines[1].hasPrefix("reference "), lines[2].hasPrefix("target "),
      let target = ObjectID(hex: lines[2].dropFirst("target ".count))
    else { return nil }
    reference = String(lines[1].dropFirst("reference ".count))
    self.target = target
    guard end == 4 else { return }
    let numbers = lines[3].split(separator: " ").dropFirst().compactMap { Int64($0) }
    guard lines[3].hasPrefix("lock "), numbers.count == 4 else { return nil }
    lock = LockFile.Identity(
      device: numbers[0], inode: numbers[1], seconds: numbers[2], nanoseconds: numbers[3])
  }

  /// The text as it is kept.
  var text: String {
    var lines = [Self.heading, "reference \(reference)", "target \(target.hex)"]
    if let lock {
      lines.append("lock \(lock.device) \(lock.inode) \(lock.seconds) \(lock.nanoseconds)")
    }
    return (lines + ["end"]).joined(separator: "\n") + "\n"
  }
}
