private import Synchronization

/// Holds a server's answers back until enough of them wait, and counts how many do.
///
/// No clock is looked at: an answer goes when others came.
package final class WaitingRoom: Sendable {
  private struct State {
    var waiting: [@Sendable () -> Void] = []
    var most = 0
    /// Answers that are still to come, those that wait included.
    var left: Int
    var random: Random
  }

  private let state: Mutex<State>

  /// - Parameters:
  ///   - total: How many answers there will be.
  ///   - seed: What chooses among those that wait.
  package init(total: Int, seed: UInt64 = 0) {
    state = Mutex(State(left: total, random: Random(seed: seed)))
  }

  /// The most answers that have waited together.
  package var most: Int { state.withLock { $0.most } }

  /// The answer, once so many wait as `enough` says, or all that are left: then one of them goes, or all do.
  ///
  /// - Parameter isWave: Whether all go together.
  package func holding(
    _ answer: VendorServer.Answer, until enough: Int, isWave: Bool = false
  ) -> VendorServer.Answer {
    .later { send in
      let going = self.state.withLock { state -> [@Sendable () -> Void] in
        state.waiting.append { send(answer) }
        state.most = max(state.most, state.waiting.count)
        guard state.waiting.count >= min(enough, state.left) else { return [] }
        var going: [@Sendable () -> Void] = []
        repeat {
          let place = Int.random(in: 0..<state.waiting.count, using: &state.random)
          going.append(state.waiting.remove(at: place))
          state.left -= 1
        } while !state.waiting.isEmpty && (isWave || state.waiting.count >= min(enough, state.left))
        return going
      }
      for go in going { go() }
    }
  }
}
