import Observation
import Synchronization

/// Time that passes only when somebody sleeps.
final class TestPace: Pace {
  private struct State {
    var now: Double
    var slept: [Double] = []
    /// Seconds that pass whenever somebody looks at the clock.
    var drift: Double
  }

  private let state: Mutex<State>

  init(now: Double = 1_780_000_000, drift: Double = 0) {
    state = Mutex(State(now: now, drift: drift))
  }

  var now: Double {
    state.withLock {
      $0.now += $0.drift
      return $0.now
    }
  }

  /// How long was slept, in order.
  var slept: [Double] { state.withLock { $0.slept } }

  func sleep(seconds: Double) async throws {
    try Task.checkCancellation()
    state.withLock {
      $0.slept.append(seconds)
      $0.now += seconds
    }
  }

  func jitter() -> Double { 0 }
}
