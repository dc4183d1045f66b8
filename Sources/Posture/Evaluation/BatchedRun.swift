internal import CEL
internal import JSON

/// A recommendation whose conditions batches know: rows that only count are counted, all others judged one by one, less what
/// is known of them.
///
/// What comes of it is what judging each row would come to, to the letter: only rows that are out of scope, compliant, or
/// not compliant without room to be listed are counted, with the steps that judging them counts.
struct BatchedRun {
  let run: RecommendationRun
  private let filter: BatchCondition?
  /// Which resources exceptions mean: those are judged one by one.
  private let exceptions: [BatchCondition]
  private let compliant: BatchCondition
  private let readable: JSONColumn?
  private let judgeable: JSONColumn?
  private let decisions = JSONColumn()
  /// All conditions of a resource that is in scope.
  private let conditions: [BatchCondition]

  /// nil when a condition is not known to batches.
  init?(_ run: RecommendationRun, in batch: BatchProgram) {
    let compiled = run.compiled
    var filter: BatchCondition?
    if let program = compiled.filter {
      guard let condition = run.condition(program, in: batch, where: nil) else { return nil }
      filter = condition
    }
    var exceptions: [BatchCondition] = []
    for program in run.exceptionPrograms {
      guard let condition = run.condition(program, in: batch, where: filter) else { return nil }
      exceptions.append(condition)
    }
    guard let compliant = run.condition(compiled.compliant, in: batch, where: filter) else {
      return nil
    }
    self.run = run
    self.filter = filter
    self.exceptions = exceptions
    self.compliant = compliant
    conditions = (filter.map { [$0] } ?? []) + exceptions + [compliant]
    (readable, judgeable) = compiled.guards.columns(in: batch)
  }

  /// How much of the conditions is computed for all rows at once, exceptions aside.
  var reach: BatchCondition.Reach {
    let (one, other) = (filter?.reach ?? compliant.reach, compliant.reach)
    return one == other ? one : .partly
  }

  /// The operations that are evaluated row by row, by name.
  var rowByRow: [String] { (filter?.rowByRow ?? []) + compliant.rowByRow }

  /// Takes the rows of a batch that has run.
  ///
  /// - Parameters:
  ///   - identity: By row, what identifies the resource, or a number where there is something that does.
  ///   - least: The row of the first identity, where all are texts that are not cut.
  ///   - judge: Judges one row, of which something may be known.
  func take(
    rows: Int, identity: JSONColumn, least: Int?,
    judge: (RecommendationRun, Int, KnownDecision?) -> Void
  ) {
    JSONColumn.decide(
      readable: readable, scope: filter?.column, judgeable: judgeable, identity: identity,
      condition: compliant.column, into: decisions, rows: rows)
    for exception in exceptions { decisions.openUnlessFalse(exception.column, rows: rows) }
    if !run.compiled.settings.isEmpty {
      decisions.open(
        nil, unless: identity, isBehind: run.firstUnrecorded, limit: Evaluator.Bounds.identity,
        least: least, rows: rows)
    }
    var counts = decisions.decisionCounts(rows: 0..<rows)
    if counts.notCompliant > 0 {
      decisions.open(
        .notCompliant, unless: identity, isBehind: run.firstUnlisted,
        limit: Evaluator.Bounds.identity, least: least, rows: rows)
      counts = decisions.decisionCounts(rows: 0..<rows)
    }
    if counts.open == 0 { return count(0..<rows, counts, judge) }
    // A variable that they have evaluated would cost the next who reads it nothing.
    let leavesNothing = !conditions.contains(where: \.isInvolved)
    var start = 0
    for row in decisions.openRows(rows: rows) {
      count(start..<row, decisions.decisionCounts(rows: start..<row), judge)
      judge(run, row, leavesNothing ? known(row) : nil)
      start = row + 1
    }
    count(start..<rows, decisions.decisionCounts(rows: start..<rows), judge)
  }

  /// What is known of a row that is open.
  private func known(_ row: Int) -> KnownDecision? {
    guard let decision = decisions.opened(row) else { return nil }
    return KnownDecision(
      isCompliant: decision == .compliant, filter: filter?.cost(row),
      exceptions: exceptions.map { $0.cost(row) }, compliant: compliant.cost(row))
  }

  /// Counts rows that were decided, or judges them one by one when a bound comes near.
  private func count(
    _ rows: Range<Int>, _ counts: JSONColumn.DecisionCounts,
    _ judge: (RecommendationRun, Int, KnownDecision?) -> Void
  ) {
    guard !rows.isEmpty else { return }
    var bill = BatchBill()
    let isCounted =
      add(rows, counts, to: &bill)
      && run.count(
        compliant: counts.compliant, notCompliant: counts.notCompliant, bill: bill,
        conditions: conditions)
    if !isCounted { for row in rows { judge(run, row, nil) } }
  }

  /// Adds what judging the rows costs; false when that is not certain.
  private func add(
    _ rows: Range<Int>, _ counts: JSONColumn.DecisionCounts, to bill: inout BatchBill
  ) -> Bool {
    let inScope = counts.compliant + counts.notCompliant
    var involved: (all: [BatchCondition], filters: [BatchCondition]) = ([], [])
    var masks: ContiguousArray<UInt64>?
    for (place, condition) in conditions.enumerated() {
      let isFilter = filter != nil && place == 0
      if let fixed = condition.fixedCost {
        bill.add(fixed, times: isFilter ? rows.count : inScope)
      } else if !condition.isInvolved {
        if !isFilter, masks == nil { masks = decisions.scopeMasks(rows: rows.upperBound) }
        bill.add(
          condition, rows: rows, where: isFilter ? nil : masks,
          count: isFilter ? rows.count : inScope)
      } else {
        involved.all.append(condition)
        if isFilter { involved.filters.append(condition) }
      }
    }
    if involved.all.isEmpty { return true }
    for row in rows {
      let asked = decisions.isInScope(row) ? involved.all : involved.filters
      guard asked.isEmpty || bill.add(asked, row: row) else { return false }
    }
    return true
  }
}

/// What a batch knows of a resource that is in scope, that no exception matches, and of which more is to be told: what
/// evaluating its conditions would come to, and cost.
struct KnownDecision {
  typealias Cost = (steps: Int, size: Int)

  let isCompliant: Bool
  /// Nil where there is no filter.
  let filter: Cost?
  let exceptions: [Cost]
  let compliant: Cost
}
