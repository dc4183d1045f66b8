internal import JSON

/// A part of conditions that columns do not know: it is evaluated row by row, once for all conditions that have it, on
/// the rows where one of them asks for it.
final class RowStep {
  let node: Node
  /// Whether it is asked for a condition, which a node may answer in another way than for a value.
  let isCondition: Bool
  /// The parameters of the function that the node is in.
  let locals: [(index: Int, operand: BatchOperand)]
  let localCount: Int
  let limits: Limits
  /// Whether it is the same on all rows.
  let isOfBatch: Bool
  private let evaluator: RowEvaluator
  private let rows: JSONRows
  private let column = JSONColumn()
  private let cost: CostColumn
  @exclusivity(unchecked) private var isDone = ContiguousArray(
    repeating: false, count: JSONColumn.capacity)

  init(
    _ node: Node, isCondition: Bool, locals: [(index: Int, operand: BatchOperand)],
    localCount: Int, limits: Limits, isOfBatch: Bool, by evaluator: RowEvaluator,
    over rows: JSONRows, sets: UseSets
  ) {
    self.node = node
    self.isCondition = isCondition
    self.locals = locals
    self.localCount = localCount
    self.limits = limits
    self.isOfBatch = isOfBatch
    self.evaluator = evaluator
    self.rows = rows
    cost = CostColumn(steps: 0, size: 0, rows: JSONColumn.capacity, sets: sets)
  }

  /// Forgets what was of the rows of a batch.
  func begin() {
    if isOfBatch { return }
    for row in isDone.indices { isDone[row] = false }
  }

  /// Fills a column and its cost on the rows where it is asked for; elsewhere it is unknown.
  func fill(_ result: JSONColumn, _ cost: CostColumn, where mask: BatchMask?, rows count: Int) {
    for row in 0..<count {
      guard mask?.rows[row] ?? true else {
        result.set(row, .unknown)
        continue
      }
      let place = isOfBatch ? 0 : row
      if !isDone[place] { compute(row, at: place) }
      result.set(row, from: column, place)
      let (steps, size) = self.cost[place]
      cost.set(row, steps: steps, size: size, uses: self.cost.uses(place))
    }
  }

  private func compute(_ row: Int, at place: Int) {
    isDone[place] = true
    let outcome = evaluator.evaluate(self, on: row)
    guard let result = outcome.result, outcome.steps <= CostColumn.largest,
      outcome.size <= CostColumn.largest, outcome.uses != UseSets.tooMany
    else { return column.set(place, .unknown) }
    cost.set(place, steps: outcome.steps, size: outcome.size, uses: outcome.uses)
    switch result {
    case .failure: column.set(place, .fault)
    case .success(let cell): column.set(place, cell, of: rows)
    }
  }
}

extension JSONColumn {
  /// Sets a row to what a cell has; unknown when there is no place for it.
  func set(_ row: Int, _ cell: Cell, of rows: JSONRows) {
    switch cell {
    case .null: set(row, .null)
    case .bool(let value): set(row, value ? .yes : .no)
    case .int(let value): set(row, .int, UInt64(bitPattern: value))
    case .uint(let value): set(row, .uint, value)
    case .double(let value): set(row, .double, value.bitPattern)
    case .text(let text): set(row, text: text)
    case .string(let text): set(row, made: text)
    case .timestamp(let time) where time.nanoseconds % 1_000 == 0:
      let value = time.seconds * 1_000_000 + Int64(time.nanoseconds / 1_000)
      set(row, .time, UInt64(bitPattern: value))
    case .duration(let span): set(row, .span, UInt64(bitPattern: span.totalNanoseconds))
    case .array(let cursor): set(row, .array, cursor, of: rows)
    case .object(let cursor): set(row, .object, cursor, of: rows)
    default: set(row, .unknown)
    }
  }
}

/// The rows on which a part of a condition is asked for.
final class BatchMask {
  // Unchecked: a step of a batch writes it, others read it.
  @exclusivity(unchecked) private(set) var rows = ContiguousArray(
    repeating: false, count: JSONColumn.capacity)

  /// Those where each guard's column has a tag that lets it through.
  func set(_ guards: [BatchGuard]) {
    for row in rows.indices { rows[row] = true }
    for item in guards { item.column.narrow(&rows, to: item.tags) }
  }
}

/// What must be so for a part of a condition to be asked for.
struct BatchGuard {
  let column: JSONColumn
  /// The tags that let it through, a bit each.
  let tags: UInt16

  init(_ column: JSONColumn, _ tags: [JSONColumn.Tag]) {
    self.column = column
    self.tags = tags.reduce(0) { $0 | 1 << UInt16($1.rawValue) }
  }
}
