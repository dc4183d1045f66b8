private import Dispatch
private import Synchronization

extension Array where Element: Sendable {
  /// What work makes of runs of the elements, in their order: the cores share them out, and the caller waits for all.
  ///
  /// For work that waits for nothing; see ``Swift/Sequence/mappedSideBySide(width:_:)`` for work that does.
  ///
  /// - Parameters:
  ///   - cores: How many runs there are at the most; with one the caller does all.
  ///   - least: How many elements are worth a core of their own.
  /// - Throws: What the work on the first run that failed has thrown.
  package func sharedOut<Output: Sendable, Failure: Error>(
    over cores: Int, least: Int = 1,
    _ work: @Sendable (ArraySlice<Element>) throws(Failure) -> [Output]
  ) throws(Failure) -> [Output] {
    let runs = Swift.min(cores, count / Swift.max(1, least))
    guard runs > 1 else { return try work(self[...]) }
    let made = Mutex<[Int: Result<[Output], Failure>]>([:])
    DispatchQueue.concurrentPerform(iterations: runs) { run in
      let own = self[(count * run / runs)..<(count * (run + 1) / runs)]
      let result = Result { () throws(Failure) in try work(own) }
      made.withLock { $0[run] = result }
    }
    let all = made.withLock { $0 }
    var outputs: [Output] = []
    for run in 0..<runs { outputs += try all[run]?.get() ?? [] }
    return outputs
  }
}
