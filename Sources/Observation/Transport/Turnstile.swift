/// Lets so many through at once; who comes later waits, and goes in the order of coming.
///
/// Who has a place never waits for another, so none waits for ever.
package actor Turnstile {
  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  package init(_ width: Int) { free = width }

  /// Waits for a place.
  func enter() async {
    if free > 0 { free -= 1 } else { await withCheckedContinuation { waiting.append($0) } }
  }

  /// Gives the place to the next one.
  func leave() {
    if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
  }

  /// Does work in a place of its own.
  package func passing<Value: Sendable>(
    _ work: @Sendable () async throws -> Value
  ) async rethrows -> Value {
    await enter()
    defer { leave() }
    return try await work()
  }
}
