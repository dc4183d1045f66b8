/// Runs a few tasks at a time and hands their results over in the order of the inputs.
///
/// At most `width` inputs are at work or wait to be handed over. Work with much to hand over may
/// wait for its turn and do it itself, piece by piece: during an input's turn, no other hands
/// anything over.
func inOrder<Input: Sendable, Output: Sendable, Failure: Error>(
  _ inputs: [Input], width: Int,
  _ work: @escaping @Sendable (Input, Turn) async -> Output,
  _ hand: (Output) async throws(Failure) -> Void
) async throws(Failure) {
  var failure: Failure?
  let line = Line()
  await withTaskGroup(of: (Int, Output).self) { group in
    var started = 0
    var handed = 0
    var ready: [Int: Output] = [:]
    func start() {
      guard started < inputs.count else { return }
      let index = started
      started += 1
      let input = inputs[index]
      group.addTask { (index, await work(input, Turn(line: line, index: index))) }
    }
    for _ in 0..<max(1, width) { start() }
    while let (index, output) = await group.next() {
      ready[index] = output
      while let next = ready.removeValue(forKey: handed) {
        handed += 1
        do throws(Failure) {
          try await hand(next)
        } catch {
          failure = error
          await line.end()
          group.cancelAll()
          return
        }
        await line.advance()
        // Only now: a slow first input must not let the others pile up.
        start()
      }
    }
  }
  if let failure { throw failure }
}

/// An input's place in the order of handing over.
struct Turn: Sendable {
  fileprivate let line: Line
  fileprivate let index: Int

  /// Waits until the results of all earlier inputs were handed over.
  ///
  /// - Returns: False when the turn never comes, after a failure.
  func come() async -> Bool { await line.reach(index) }
}

/// Whose turn it is.
private actor Line {
  private var next = 0
  private var isOver = false
  private var waiting: [Int: CheckedContinuation<Bool, Never>] = [:]

  func reach(_ index: Int) async -> Bool {
    if isOver { return false }
    if index <= next { return true }
    return await withCheckedContinuation { waiting[index] = $0 }
  }

  func advance() {
    next += 1
    waiting.removeValue(forKey: next)?.resume(returning: true)
  }

  func end() {
    isOver = true
    for continuation in waiting.values { continuation.resume(returning: false) }
    waiting = [:]
  }
}
