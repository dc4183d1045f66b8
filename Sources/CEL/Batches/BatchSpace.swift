internal import JSON

/// Rows of one kind, and what is computed of them: the objects of a batch, or the elements of lists in them.
final class BatchSpace {
  /// How many lists are around a row: 0 for the objects of a batch.
  let level: Int
  /// Tells it from the others of a batch.
  let number: Int
  let rows: JSONRows
  /// Of elements: where they come from.
  let elements: JSONElements?
  /// Whether all lists of a column share it: then nothing else of the rows that the lists are of is known in it, as it may
  /// be computed only later.
  let isShared: Bool
  private(set) var steps: [BatchStep] = []
  private var reductions: [BatchReduction] = []

  /// The objects of a batch.
  init(_ rows: JSONRows) {
    (level, number, isShared) = (0, 0, false)
    self.rows = rows
    elements = nil
  }

  /// The elements of lists.
  init(_ elements: JSONElements, in outer: BatchSpace, number: Int, isShared: Bool) {
    level = outer.level + 1
    self.number = number
    self.isShared = isShared
    self.elements = elements
    rows = elements.rows
  }

  func append(_ step: BatchStep) { steps.append(step) }
  func removeLastStep() { steps.removeLast() }
  func append(_ reduction: BatchReduction) { reductions.append(reduction) }
  func removeLastReduction() { reductions.removeLast() }

  /// Computes everything for the rows of the objects.
  func run(rows: Int) {
    for step in steps { step.run(rows) }
  }

  /// Computes everything for the elements of the lists of so many rows, and what comes of each list.
  func runElements(ofRows count: Int) {
    guard let elements else { return }
    for reduction in reductions { reduction.begin(rows: count) }
    elements.forEachBatch(rows: count) { rows in
      run(rows: rows)
      for reduction in reductions { reduction.take(elements, rows: rows) }
    }
    for reduction in reductions { reduction.finish(rows: count) }
  }
}

/// What a macro over lists comes to: by list, its answer, and what evaluating it costs.
final class BatchReduction {
  let result = JSONColumn()
  let cost: CostColumn
  private let quantifier: JSONQuantifier
  private let lists: JSONColumn
  private let body: JSONColumn
  private let bodyCost: CostColumn?
  /// The steps that each element counts.
  private let steps: Int
  @exclusivity(unchecked) private var looked = ContiguousArray<UInt64>(
    repeating: 0, count: JSONColumn.capacity)

  init(
    _ question: JSONQuantifier.Question, of lists: JSONColumn, _ body: BatchOperand, steps: Int,
    cost: CostColumn
  ) {
    quantifier = JSONQuantifier(question)
    self.lists = lists
    self.body = body.column
    bodyCost = body.cost
    self.steps = steps
    self.cost = cost
  }

  func begin(rows: Int) {
    quantifier.begin(rows: rows)
    cost.clear(rows: rows)
  }

  func take(_ elements: JSONElements, rows: Int) {
    quantifier.take(body, of: elements, looked: &looked, rows: rows)
    cost.add(bodyCost, plus: steps, of: elements, where: looked, rows: rows)
  }

  func finish(rows: Int) {
    quantifier.finish(lists, into: result, rows: rows)
    if cost.mayBeMuch(rows: rows) {
      JSONQuantifier.leave(result, rows: rows) { cost.isMuch($0) }
    }
  }
}
