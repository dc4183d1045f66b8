private import Foundation

/// Holds a shard for one process, as long as it lives: the system lets go when the process ends, however it ends.
package final class ShardHold: Sendable {
  private let descriptor: Int32

  /// - Throws: ``FleetError`` of code `tryAgain` while another process holds it, or where nothing can be written.
  init(_ path: String, shard: Int) throws(FleetError) {
    descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw FleetError(
        .tryAgain, "\(path) cannot be written: is the disk full, or the folder another user's?")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw FleetError(.tryAgain, "another process is running shard \(shard)")
    }
  }

  deinit {
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
