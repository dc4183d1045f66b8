private import Foundation

/// Holds a file for one process, as long as it lives: the system lets go when the process ends, however it ends.
package final class FileHold: Sendable {
  private let descriptor: Int32

  /// Why it is not held.
  package enum Refusal: Error, Hashable {
    /// Another process holds it.
    case held
    /// Why, and what may be done.
    case unwritable(String)
  }

  /// - Parameter path: A file, which is made where there is none.
  package init(_ path: String) throws(Refusal) {
    descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .unwritable(
        "\(path) cannot be written: is the disk full, or the folder another user's?")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw .held
    }
  }

  /// Gives it back before the process ends.
  package func release() { flock(descriptor, LOCK_UN) }

  deinit {
    release()
    close(descriptor)
  }
}
