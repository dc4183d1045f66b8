/// Bounds how many large answers are in memory at a time: many small requests may run, and a hostile server answers each
/// with as much as it may.
///
/// Who has a place never waits for another, so none waits for ever.
actor LargeAnswers {
  /// Bytes from which an answer is large.
  static let size = 1 << 20
  /// Large answers of an instance that are received at a time.
  static let limit = 4

  private var running = 0
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// Waits for a place.
  func enter() async {
    if running < Self.limit {
      running += 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  /// Gives the place to the next one.
  func leave() {
    if waiting.isEmpty { running -= 1 } else { waiting.removeFirst().resume() }
  }
}
