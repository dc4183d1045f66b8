#if Service
private import Synchronization

/// Answers of one report that were made before: the report does not change, so neither do they. What was made first goes first.
final class KeptAnswers: Sendable {
  private struct State {
    var answers: [String: [UInt8]] = [:]
    var order: [String] = []
    var size = 0
  }

  private let state = Mutex(State())
  private let limit: Int

  /// - Parameter limit: Bytes of all answers.
  init(limit: Int = 32 << 20) { self.limit = limit }

  subscript(key: String) -> [UInt8]? {
    get { state.withLock { $0.answers[key] } }
    set {
      guard let newValue else { return }
      let size = newValue.count + key.utf8.count
      // One that fills a quarter of it would push out all others.
      guard size <= limit / 4 else { return }
      state.withLock { state in
        guard state.answers[key] == nil else { return }
        state.answers[key] = newValue
        state.order.append(key)
        state.size += size
        var gone = 0
        while state.size > limit, gone < state.order.count - 1 {
          let oldest = state.order[gone]
          state.size -= (state.answers.removeValue(forKey: oldest)?.count ?? 0) + oldest.utf8.count
          gone += 1
        }
        state.order.removeFirst(gone)
      }
    }
  }
}
#endif
