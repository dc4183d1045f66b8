import Synchronization

/// Counts calls.
final class Rounds: Sendable {
  private let number = Mutex(0)

  /// The number of this call, from 1.
  @discardableResult
  func next() -> Int {
    number.withLock {
      $0 += 1
      return $0
    }
  }

  var count: Int { number.withLock { $0 } }
}
