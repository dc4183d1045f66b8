internal import JSON

/// Turns the nodes of a condition into steps over columns.
///
/// Each part must give what its node gives, at the same cost: what a node looks at only after another is asked counts
/// only then. What columns do not know is evaluated row by row, as small a part as a column can hold the value of.
struct BatchPlanner {
  let batch: BatchProgram
  /// With the values of the variables; what is evaluated in it counts nowhere.
  let evaluator: RowEvaluator
  var limits: Limits
  /// The parameters of the function that is planned, and what macros and bindings name.
  var locals: [Int: BatchOperand] = [:]
  /// How many the program or function that is planned has.
  var localCount: Int
  /// When the part that is planned is asked for.
  var guards: [BatchGuard]
  /// The rows that the lists are of whose elements are planned, the objects first, and when those are asked for.
  var outerSpaces: [(space: BatchSpace, guards: [BatchGuard])] = []
  /// The lists, by how many are around them, whose elements are asked for something that is not known in time.
  var blocked: Int?
  /// The operations that are evaluated row by row.
  var rowSteps: [String] = []
  /// Whether a node is planned as what a condition asks for.
  var isCondition = false
  var depth = 0
  var planned = 0

  var frame: Frame { evaluator.frame }

  /// How deep the expressions of variables and functions may nest together: far from where evaluating them ends.
  static let deepest = 80
  /// How many nodes of functions a condition may come to.
  static let most = 4_000
  /// From how many bytes on a constant's comparison counts steps.
  static let longText = 64

  init(
    batch: BatchProgram, evaluator: RowEvaluator, program: Program, scope: BatchCondition?
  ) {
    self.batch = batch
    self.evaluator = evaluator
    limits = program.limits
    localCount = program.localCount
    guards = scope.map { [BatchGuard($0.column, [.yes])] } ?? []
  }

  /// A node as a condition.
  mutating func condition(_ node: Node) -> BatchOperand? {
    isCondition = true
    guard let operand = value(node) else { return nil }
    if operand.isCondition { return operand }
    let column = operand.column
    var result = condition(operand.cost, "condition \(BatchProgram.name(column))") { result in
      BatchStep { column.asCondition(into: result, rows: $0) }
    }
    result.isOfRowStep = operand.isOfRowStep
    return result
  }

  /// A node's value; nil when it is not known how to compute it.
  mutating func value(_ node: Node) -> BatchOperand? {
    guard let operand = optional(node), operand.optional == nil else { return nil }
    return operand
  }

  /// A node's value, which may be an optional field.
  mutating func optional(_ node: Node) -> BatchOperand? {
    let isAsked = isCondition
    isCondition = false
    let place = batch.place
    let count = rowSteps.count
    planned += 1
    if batch.space.level > 0 {
      let level = level(node)
      if level < batch.space.level { return lifted(node, from: level, isCondition: isAsked) }
    }
    if let operand = planned(node, isCondition: isAsked) { return operand }
    batch.back(to: place)
    rowSteps.removeSubrange(count...)
    return rowStep(node, isCondition: isAsked)
  }

  private mutating func planned(_ node: Node, isCondition: Bool) -> BatchOperand? {
    switch node {
    case let node as ConstantNode: return constant(node.cell)
    case let node as SlotNode: return slot(node)
    case let node as TimeNode:
      // As evaluating it would: what is made of it holds for the moment alone.
      frame.validity?.end()
      return slot(node.slot)
    case let node as LocalNode: return locals[node.index]
    case let node as PathNode:
      return slot(node.root).flatMap { path($0, node.fields, of: node) }
    case let node as LocalPathNode:
      return locals[node.root.index].flatMap { path($0, node.fields, of: node) }
    case let node as SelectNode:
      guard let operand = optional(node.operand) else { return nil }
      return operand.optional == nil
        ? path(operand, [node.field], of: node) : optionalField(operand, node.field)
    case let node as OptionalSelectNode:
      return optional(node.operand).flatMap { optionalField($0, node.field) }
    case let node as HasNode: return has(node)
    case let node as ConditionalNode: return conditional(node, isCondition: isCondition)
    case let node as IndexNode: return index(node)
    case let node as DefinedCallNode: return call(node, isCondition: isCondition) { $0 }
    case let node as BindNode: return bind(node, isCondition: isCondition)
    case let node as QuantifierNode: return quantifier(node)
    case let node as ExistsOneNode:
      return value(node.range).flatMap { macro(node, .existsOne, over: $0) }
    case let node as FilterCountNode:
      return value(node.filter.range).flatMap { macro(node.filter, .count, over: $0) }
    default: return plannedOperator(node)
    }
  }

  private mutating func plannedOperator(_ node: Node) -> BatchOperand? {
    switch node {
    case let node as AndNode: return logic(node.left, node.right, .and, decisive: false)
    case let node as OrNode: return logic(node.left, node.right, .or, decisive: true)
    case let node as NotNode: return not(node)
    case let node as EqualConstantNode:
      return equal(node.operand, to: node.constant.cell, isNegated: node.isNegated)
    case let node as EqualNode: return equal(node)
    case let node as OrderNode: return order(node)
    case let node as ArithmeticNode: return arithmetic(node)
    case let node as InStringsNode: return membership(node)
    case let node as InNode: return membership(node)
    case let node as TextRelationNode: return textRelation(node)
    case let node as UnaryCallNode: return call(node)
    case let node as BinaryCallNode: return call(node)
    case let node as MatchesNode: return matches(node)
    default: return nil
    }
  }

  /// Plans a part that is asked for only where guards let it through.
  mutating func guarded(
    by column: JSONColumn, _ tags: [JSONColumn.Tag],
    _ plan: (inout BatchPlanner) -> BatchOperand?
  ) -> BatchOperand? {
    guards.append(BatchGuard(column, tags))
    defer { guards.removeLast() }
    return plan(&self)
  }

  // MARK: Constants

  /// A value that is the same on every row; of what no column holds, the column is unknown.
  func constant(_ cell: Cell) -> BatchOperand {
    let key: String
    let make: () -> JSONColumn
    switch cell {
    case .null: (key, make) = ("null", { JSONColumn(repeating: .null) })
    case .bool(let value): (key, make) = ("\(value)", { JSONColumn(repeating: value ? .yes : .no) })
    case .int(let value):
      (key, make) = ("\(value)", { JSONColumn(repeating: .int, bits: UInt64(bitPattern: value)) })
    case .uint(let value):
      (key, make) = ("\(value)u", { JSONColumn(repeating: .uint, bits: value) })
    case .double(let value):
      (key, make) = (
        "double \(value.bitPattern)", { JSONColumn(repeating: .double, bits: value.bitPattern) }
      )
    case .text, .string:
      let text = cell.stringValue ?? ""
      (key, make) = ("text \(Array(text.utf8))", { JSONColumn(repeating: text) })
    case .timestamp(let time) where time.nanoseconds % 1_000 == 0:
      let value = time.seconds * 1_000_000 + Int64(time.nanoseconds / 1_000)
      (key, make) = (
        "time \(value)", { JSONColumn(repeating: .time, bits: UInt64(bitPattern: value)) }
      )
    case .duration(let span):
      let value = span.totalNanoseconds
      (key, make) = (
        "span \(value)", { JSONColumn(repeating: .span, bits: UInt64(bitPattern: value)) }
      )
    default:
      // Only what folds it away can do something with it: its column is unknown.
      return BatchOperand(column: JSONColumn(), constant: cell)
    }
    return BatchOperand(
      column: batch.constant(key, make), constant: cell,
      isCondition: cell.type == .bool)
  }
}
