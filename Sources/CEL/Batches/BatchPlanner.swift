internal import JSON

/// Turns the nodes of a condition into steps over columns.
///
/// Each part must give what its node gives, at the same cost: what a node looks at only after another is asked counts
/// only then. Whatever is not certain is not planned.
struct BatchPlanner {
  let batch: BatchProgram
  /// With the values of the variables; what is evaluated in it counts nowhere.
  var frame: Frame
  /// Variables whose values are the same on every row, but computed, and counted, when they are read first.
  private(set) var needs: Set<Int> = []
  /// The parameters of the function that is planned.
  var locals: [BatchOperand] = []
  private var depth = 0

  /// How deep the expressions of variables and functions may nest together: far from where evaluating them ends.
  private static let deepest = 80
  /// From how many bytes on a constant's comparison counts steps.
  static let longText = 64

  init(batch: BatchProgram, frame: Frame) {
    self.batch = batch
    self.frame = frame
  }

  /// A node as a condition.
  mutating func condition(_ node: Node) -> BatchOperand? {
    guard let operand = value(node) else { return nil }
    if operand.isCondition { return operand }
    let column = operand.column
    return condition(operand.cost, "condition \(BatchProgram.name(column))") { result in
      BatchStep { column.asCondition(into: result, rows: $0) }
    }
  }

  /// A node's value; nil when it is not known how to compute it.
  mutating func value(_ node: Node) -> BatchOperand? {
    guard let operand = optional(node), operand.optional == nil else { return nil }
    return operand
  }

  /// A node's value, which may be an optional field.
  mutating func optional(_ node: Node) -> BatchOperand? {
    switch node {
    case let node as ConstantNode: return constant(node.cell)
    case let node as SlotNode: return slot(node)
    case let node as LocalNode: return local(node.index)
    case let node as PathNode:
      return slot(node.root).flatMap { path($0, node.fields, of: node) }
    case let node as LocalPathNode:
      return local(node.root.index).flatMap { path($0, node.fields, of: node) }
    case let node as SelectNode:
      guard let operand = optional(node.operand) else { return nil }
      return operand.optional == nil
        ? path(operand, [node.field], of: node) : optionalField(operand, node.field)
    case let node as OptionalSelectNode:
      return optional(node.operand).flatMap { optionalField($0, node.field) }
    case let node as HasNode: return has(node)
    case let node as AndNode: return logic(node.left, node.right, .and, decisive: false)
    case let node as OrNode: return logic(node.left, node.right, .or, decisive: true)
    case let node as NotNode: return not(node)
    case let node as ConditionalNode: return conditional(node)
    case let node as EqualConstantNode:
      return equal(node.operand, to: node.constant.cell, isNegated: node.isNegated)
    case let node as EqualNode: return equal(node)
    case let node as OrderNode: return order(node)
    case let node as InStringsNode: return membership(node)
    case let node as InNode: return membership(node)
    case let node as TextRelationNode: return textRelation(node)
    case let node as IndexNode: return lookUp(node)
    case let node as UnaryCallNode: return call(node)
    case let node as BinaryCallNode: return call(node)
    case let node as ArithmeticNode: return folded(node, [node.left, node.right])
    case let node as DefinedCallNode: return call(node)
    case let node as MatchesNode: return matches(node)
    case let node as QuantifierNode: return quantifier(node)
    default: return nil
    }
  }

  // MARK: Variables

  /// A variable, or an expression that is evaluated when it is read first: it is read as if it stood there.
  private mutating func slot(_ node: SlotNode) -> BatchOperand? {
    if let rows = batch.changing[node.index] {
      return BatchOperand(column: rows.roots, rows: rows)
    }
    guard node.index < frame.slots.count else { return nil }
    if let program = frame.programs[node.index] {
      if !reads(program, depth: 0) { return invariant(node) }
      // It counts once for all who read it: only what counts nothing may be counted again.
      guard depth + program.depth < Self.deepest else { return nil }
      let outer = (locals, depth)
      locals = []
      depth += program.depth
      defer { (locals, depth) = outer }
      guard let operand = value(program.root), operand.cost == nil else { return nil }
      return operand
    }
    guard case .value(let cell) = frame.slots[node.index] else { return nil }
    return constant(cell)
  }

  /// Whether a program reads the row, directly or through other variables.
  private func reads(_ program: Program, depth: Int) -> Bool {
    depth > Self.deepest
      || program.slots.contains { index in
        batch.changing[index] != nil
          || index < frame.programs.count
            && frame.programs[index].map { reads($0, depth: depth + 1) } ?? false
      }
  }

  /// A variable that is the same on every row.
  private mutating func invariant(_ node: SlotNode) -> BatchOperand? {
    var scratch = frame
    scratch.begin(Limits(), locals: 0)
    guard let cell = try? node.evaluate(&scratch) else { return nil }
    needs.insert(node.index)
    return constant(cell)
  }

  private func local(_ index: Int) -> BatchOperand? {
    locals.indices.contains(index) ? locals[index] : nil
  }

  /// A call's body with the arguments in the parameters' places. What they cost counts once, before the body.
  private mutating func call(_ node: DefinedCallNode) -> BatchOperand? {
    guard depth + node.function.depth < Self.deepest,
      node.function.stepCost <= CostColumn.largest
    else { return nil }
    var arguments: [BatchOperand] = []
    var costs: [CostColumn] = []
    for argument in node.arguments {
      guard var operand = value(argument) else { return nil }
      if let cost = operand.cost { costs.append(cost) }
      operand.cost = nil
      arguments.append(operand)
    }
    let outer = (locals, depth)
    locals = arguments
    depth += node.function.depth
    defer { (locals, depth) = outer }
    guard var operand = value(node.function.body) else { return nil }
    // An argument is evaluated although the body may not read it.
    for argument in arguments where argument.constant == nil {
      operand = operand.known(where: argument.column, in: batch)
    }
    operand.cost = costs.reduce(cost(operand.cost, plus: node.function.stepCost, 0)) {
      cost($0, plus: $1)
    }
    operand.constant = nil
    return operand
  }

  // MARK: Constants

  /// A value that is the same on every row; of what no column holds, the column is unknown.
  func constant(_ cell: Cell) -> BatchOperand? {
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
    default:
      // Only what folds it away can do something with it: its column is unknown.
      return BatchOperand(column: JSONColumn(), constant: cell)
    }
    return BatchOperand(
      column: batch.constant(key, make), constant: cell,
      isCondition: cell.type == .bool)
  }

  /// The value of a node all of whose operands are constants, evaluated now.
  mutating func folded(_ node: Node, _ operands: [Node]) -> BatchOperand? {
    for operand in operands {
      guard let value = value(operand), value.constant != nil else { return nil }
    }
    var scratch = frame
    scratch.begin(Limits(), locals: locals.count)
    for (index, local) in locals.enumerated() { scratch.setLocal(index, local.constant ?? .null) }
    let granted = (scratch.steps, scratch.size)
    guard let cell = try? node.evaluate(&scratch), var operand = constant(cell) else { return nil }
    let steps = granted.0 - scratch.steps
    let size = granted.1 - scratch.size
    guard steps <= CostColumn.largest, size <= CostColumn.largest else { return nil }
    if steps > 0 || size > 0 { operand.cost = cost(nil, plus: steps, size) }
    return operand
  }
}
