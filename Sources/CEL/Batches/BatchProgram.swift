package import JSON

/// Many conditions over the objects of one variable, computed a batch of objects at a time: what several share, fields
/// and parts of expressions, is computed once.
///
/// A batch says true or false only where an evaluation would, at the cost that it says; where a value is not of a type
/// that it knows, or there is an error, or the cost depends on the value, the row is unknown: then
/// ``Program/evaluateCondition(_:)`` must say.
package final class BatchProgram {
  /// A condition, computed.
  package struct Condition {
    /// By row: true, false, an error or unknown.
    package let column: JSONColumn
    private let cost: CostColumn?
    private let overhead: Int
    private let needs: Set<Int>

    init(column: JSONColumn, cost: CostColumn?, overhead: Int, needs: Set<Int>) {
      self.needs = needs
      self.column = column
      self.cost = cost
      self.overhead = overhead
    }

    /// What an evaluation costs on every row; nil when it depends on the row.
    package var fixedCost: (steps: Int, size: Int)? { cost == nil ? (overhead, 0) : nil }

    /// Whether what the condition reads of lazy variables was computed in the activation, and so counted: before, it must
    /// be evaluated.
    package func isReady(_ activation: Activation) -> Bool {
      needs.isEmpty
        || needs.allSatisfy {
          if case .value = activation.frame.slots[$0] { true } else { false }
        }
    }

    /// What the evaluation costs on a row that is not unknown.
    package func cost(_ row: Int) -> (steps: Int, size: Int) {
      let own = cost?[row] ?? (steps: 0, size: 0)
      return (overhead + own.steps, own.size)
    }
  }

  /// The rows of the batch.
  package let rows = JSONRows()
  /// What each row belongs to, if anything: as many as there are rows.
  package let parents = JSONRows()
  /// The variables that change from row to row, and where their values are.
  let changing: [Int: JSONRows]
  private var steps: [BatchStep] = []
  private var members: [ObjectIdentifier: JSONMembers] = [:]
  private var known: [String: BatchOperand] = [:]
  /// Their constants are read while the batch runs.
  private var sources: [(Program, Activation)] = []

  /// - Parameters:
  ///   - slot: The variable that is each row in turn.
  ///   - parent: The variable that is what each row belongs to, unset where it belongs to nothing.
  package init(over slot: Slot, parent: Slot) {
    changing = [slot.index: rows, parent.index: parents]
  }

  /// Adds a condition; nil when it has a part that batches do not know.
  ///
  /// - Parameter activation: Has the values of all other variables; they must stay.
  package func add(_ program: Program, in activation: Activation) -> Condition? {
    var planner = BatchPlanner(batch: self, frame: activation.frame)
    guard let operand = planner.condition(program.root) else { return nil }
    sources.append((program, activation))
    return Condition(
      column: operand.column, cost: operand.cost, overhead: program.overhead,
      needs: planner.needs)
  }

  /// The values of a field of the rows, or of their parents, one level after the other.
  package func column(_ path: some Sequence<String>, ofParents: Bool = false) -> JSONColumn {
    let rows = ofParents ? parents : rows
    return path.reduce(rows.roots) { member($0, $1, rows) }
  }

  /// A column of codes: true where the field of that path can be read as one of the types; else unknown.
  package func readable(
    _ path: [String], ofParents: Bool, as tags: Set<JSONColumn.Tag>, allowsEmpty: Bool
  ) -> JSONColumn {
    let way = path.indices.map { column(path[..<$0], ofParents: ofParents) }
    let field = column(path, ofParents: ofParents)
    let key = "is \(ofParents) \(path) \(tags.map(\.rawValue).sorted()) \(allowsEmpty)"
    return operand(key) { result in
      BatchStep { field.isOf(tags, allowsEmpty: allowsEmpty, way: way, into: result, rows: $0) }
    }.column
  }

  /// A column of codes: all of the others'; nil for none.
  package func all(_ columns: [JSONColumn]) -> JSONColumn? {
    guard let first = columns.first else { return nil }
    return columns.dropFirst().reduce(first) { one, other in
      operand("and \(Self.name(one)) \(Self.name(other))") { result in
        BatchStep { one.combined(with: other, by: .and, into: result, rows: $0) }
      }.column
    }
  }

  /// Computes everything for the rows.
  package func run() {
    for step in steps { step.run(rows.count) }
  }

  // MARK: For the planner

  static func name(_ column: JSONColumn) -> String { "\(ObjectIdentifier(column).hashValue)" }

  /// What is known under a key, or a new column that a step fills.
  func operand(_ key: String, _ step: (JSONColumn) -> BatchStep) -> BatchOperand {
    if let operand = known[key] { return operand }
    let operand = BatchOperand(column: JSONColumn())
    steps.append(step(operand.column))
    known[key] = operand
    return operand
  }

  /// The column of a constant.
  func constant(_ key: String, _ make: () -> JSONColumn) -> JSONColumn {
    if let operand = known["constant \(key)"] { return operand.column }
    let column = make()
    known["constant \(key)"] = BatchOperand(column: column)
    return column
  }

  func append(_ step: BatchStep) { steps.append(step) }

  /// The members of a name in a column of objects: all names are looked for in one walk.
  func member(_ objects: JSONColumn, _ name: String, _ rows: JSONRows) -> JSONColumn {
    if let reader = members[ObjectIdentifier(objects)] { return reader.column(name) }
    let reader = JSONMembers()
    members[ObjectIdentifier(objects)] = reader
    steps.append(BatchStep { _ in reader.read(objects, rows) })
    return reader.column(name)
  }
}
