/// Runs a few tasks at a time and hands their results over in the order of the inputs.
///
/// What is not handed over yet is bounded by the width.
func inOrder<Input: Sendable, Output: Sendable, Failure: Error>(
  _ inputs: [Input], width: Int,
  _ work: @escaping @Sendable (Input) async -> Output,
  _ hand: (Output) async throws(Failure) -> Void
) async throws(Failure) {
  var failure: Failure?
  await withTaskGroup(of: (Int, Output).self) { group in
    var started = 0
    var handed = 0
    var ready: [Int: Output] = [:]
    func start() {
      guard started < inputs.count else { return }
      let index = started
      started += 1
      let input = inputs[index]
      group.addTask { (index, await work(input)) }
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
          group.cancelAll()
          return
        }
        // Only now: a slow first input must not let the others pile up.
        start()
      }
    }
  }
  if let failure { throw failure }
}
