#if Service
import Observation
import Synchronization

/// A clock that stands until a test moves it.
final class ManualPace: Pace {
  private struct Sleeper {
    let until: Double
    let waker: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var now: Double
    var sleepers: [Int: Sleeper] = [:]
    var next = 0
    var watchers: [(count: Int, waker: CheckedContinuation<Void, Never>)] = []
  }

  private let state: Mutex<State>
  private let chance: Double

  init(now: Double = 1_000_000, chance: Double = 0.5) {
    state = Mutex(State(now: now))
    self.chance = chance
  }

  var now: Double { state.withLock { $0.now } }

  func jitter() -> Double { chance }

  func sleep(seconds: Double) async throws {
    let id = state.withLock { state in
      state.next += 1
      return state.next
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (waker: CheckedContinuation<Void, any Error>) in
        let watchers = state.withLock { state in
          if Task.isCancelled {
            waker.resume(throwing: CancellationError())
          } else if seconds <= 0 {
            waker.resume()
          } else {
            state.sleepers[id] = Sleeper(until: state.now + seconds, waker: waker)
          }
          return Self.satisfied(&state)
        }
        watchers.forEach { $0.resume() }
      }
    } onCancel: {
      state.withLock { $0.sleepers.removeValue(forKey: id) }?.waker
        .resume(throwing: CancellationError())
    }
  }

  private static func satisfied(_ state: inout State) -> [CheckedContinuation<Void, Never>] {
    let count = state.sleepers.count
    let done = state.watchers.filter { $0.count <= count }.map(\.waker)
    state.watchers.removeAll { $0.count <= count }
    return done
  }

  /// Waits until so many sleep.
  func sleeping(_ count: Int) async {
    await withCheckedContinuation { waker in
      let watchers = state.withLock { state in
        state.watchers.append((count, waker))
        return Self.satisfied(&state)
      }
      watchers.forEach { $0.resume() }
    }
  }

  /// Moves the clock, and wakes whom that is late enough for.
  func advance(by seconds: Double) {
    let woken = state.withLock { state in
      state.now += seconds
      let due = state.sleepers.filter { $0.value.until <= state.now }
      for id in due.keys { state.sleepers.removeValue(forKey: id) }
      return due.sorted { ($0.value.until, $0.key) < ($1.value.until, $1.key) }.map(\.value.waker)
    }
    woken.forEach { $0.resume() }
  }
}
#endif
