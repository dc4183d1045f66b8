internal import Posture
private import Synchronization

/// Counts what an observation costs.
final class RequestTally: Sendable {
  /// What was counted.
  struct Counts: Sendable {
    fileprivate(set) var requests = 0
    fileprivate(set) var bytes = 0
    fileprivate(set) var waits = 0
    /// The latest time that the vendor asked to come back at, in seconds since 1970; nil where it asked for nothing.
    fileprivate(set) var opening: Double?
    /// Answers to work with: the same however often they were asked for.
    fileprivate(set) var answers = 0
  }

  private let state = Mutex(Counts())

  /// What was counted so far.
  var counts: Counts { state.withLock { $0 } }

  func count(bytes: Int) {
    state.withLock { state in
      state.requests += 1
      state.bytes += bytes
    }
  }

  func countWait() { state.withLock { $0.waits += 1 } }

  func note(opening time: Double) {
    state.withLock { $0.opening = max($0.opening ?? time, time) }
  }

  func countAnswer() { state.withLock { $0.answers += 1 } }

  /// - Throws: ``Fault`` when the instance may ask for nothing more.
  func check(_ limits: ObservationLimits) throws(Fault) {
    let counts = counts
    if counts.requests >= limits.requests {
      throw Fault(
        .tooLarge, "\(limits.requests) requests were made, the limit of an instance")
    }
    if counts.bytes >= limits.receivedSize {
      throw Fault(
        .tooLarge, "more than \(limits.receivedSize) bytes were received, the limit of an instance")
    }
  }
}
