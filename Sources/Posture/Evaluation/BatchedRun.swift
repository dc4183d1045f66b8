internal import CEL
internal import JSON

/// A recommendation whose conditions batches know: rows that only count are counted, all others judged one by one.
///
/// What comes of it is what judging each row would come to, to the letter: only rows that are out of scope, compliant, or
/// not compliant without room to be listed are counted, with the steps that judging them counts.
struct BatchedRun {
  let run: RecommendationRun
  private let filter: BatchProgram.Condition?
  private let compliant: BatchProgram.Condition
  private let readable: JSONColumn?
  private let judgeable: JSONColumn?
  private let decisions = JSONColumn()

  /// nil when a condition is not known to batches.
  init?(_ run: RecommendationRun, in batch: BatchProgram) {
    let compiled = run.compiled
    guard !run.hasExceptions else { return nil }
    var filter: BatchProgram.Condition?
    if let program = compiled.filter {
      guard let condition = run.condition(program, in: batch) else { return nil }
      filter = condition
    }
    guard let compliant = run.condition(compiled.compliant, in: batch) else { return nil }
    self.run = run
    self.filter = filter
    self.compliant = compliant
    (readable, judgeable) = compiled.guards.columns(in: batch)
  }

  /// Takes the rows of a batch that has run.
  ///
  /// - Parameters:
  ///   - identity: By row, what identifies the resource, or a number where there is something that does.
  ///   - judge: Judges one row.
  func take(rows: Int, identity: JSONColumn, judge: (RecommendationRun, Int) -> Void) {
    guard run.isReady(filter), run.isReady(compliant) else {
      for row in 0..<rows { judge(run, row) }
      return
    }
    JSONColumn.decide(
      readable: readable, scope: filter?.column, judgeable: judgeable, identity: identity,
      condition: compliant.column, into: decisions, rows: rows)
    if !run.compiled.settings.isEmpty {
      decisions.open(
        nil, unless: identity, isBehind: run.firstUnrecorded, limit: Evaluator.Bounds.identity,
        rows: rows)
    }
    let counts = decisions.decisionCounts(rows: rows)
    if counts.notCompliant > 0 {
      decisions.open(
        .notCompliant, unless: identity, isBehind: run.firstUnlisted,
        limit: Evaluator.Bounds.identity, rows: rows)
    }
    var start = 0
    for row in openRows(rows) {
      count(start..<row, judge)
      judge(run, row)
      start = row + 1
    }
    count(start..<rows, judge)
  }

  private func openRows(_ rows: Int) -> [Int] {
    decisions.decisionCounts(rows: rows).open == 0
      ? [] : (0..<rows).filter { decisions.decision($0) == .open }
  }

  /// Counts rows that were decided, or judges them one by one when a bound comes near.
  private func count(_ rows: Range<Int>, _ judge: (RecommendationRun, Int) -> Void) {
    guard !rows.isEmpty else { return }
    let counts = decisions.decisionCounts(rows: rows)
    let cost = cost(rows, counts)
    let isCounted = run.count(
      compliant: counts.compliant, notCompliant: counts.notCompliant, steps: cost.steps,
      size: cost.size)
    if !isCounted { for row in rows { judge(run, row) } }
  }

  private func cost(
    _ rows: Range<Int>, _ counts: JSONColumn.DecisionCounts
  ) -> (steps: Int, size: Int) {
    let inScope = counts.compliant + counts.notCompliant
    var sum = (steps: 0, size: 0)
    func add(_ condition: BatchProgram.Condition, _ count: Int, where isMeant: (Int) -> Bool) {
      if let fixed = condition.fixedCost {
        sum.steps += fixed.steps * count
        sum.size += fixed.size * count
      } else {
        for row in rows where isMeant(row) {
          let cost = condition.cost(row)
          sum.steps += cost.steps
          sum.size += cost.size
        }
      }
    }
    if let filter { add(filter, rows.count) { _ in true } }
    add(compliant, inScope) { decisions.decision($0) != .out }
    return sum
  }
}
