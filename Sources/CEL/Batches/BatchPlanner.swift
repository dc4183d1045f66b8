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
  /// The operations that are evaluated row by row.
  var rowSteps: [String] = []
  /// Whether a node is planned as what a condition asks for.
  private var isCondition = false
  private var depth = 0
  private var planned = 0

  var frame: Frame { evaluator.frame }

  /// How deep the expressions of variables and functions may nest together: far from where evaluating them ends.
  private static let deepest = 80
  /// How many nodes of functions a condition may come to.
  private static let most = 4_000
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
    if let operand = planned(node, isCondition: isAsked) { return operand }
    batch.back(to: place)
    rowSteps.removeSubrange(count...)
    return rowStep(node, isCondition: isAsked)
  }

  private mutating func planned(_ node: Node, isCondition: Bool) -> BatchOperand? {
    switch node {
    case let node as ConstantNode: return constant(node.cell)
    case let node as SlotNode: return slot(node)
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

  // MARK: Variables

  /// A variable, or an expression that is evaluated when it is read first: it is read as if it stood there.
  private mutating func slot(_ node: SlotNode) -> BatchOperand? {
    if let rows = batch.changing[node.index] {
      return BatchOperand(column: rows.roots, rows: rows)
    }
    guard node.index < frame.slots.count else { return nil }
    switch frame.slots[node.index] {
    case .value(let cell): return constant(cell)
    case .kept(let variable): return variable.isOfRow ? inlined(variable) : evaluated(node)
    default: return nil
    }
  }

  /// A variable that is the same on every row.
  private func evaluated(_ node: SlotNode) -> BatchOperand? {
    result(evaluator.evaluate(node, locals: [], count: 0, limits))
  }

  /// What an evaluation of now gave.
  func result(_ outcome: RowEvaluator.Outcome) -> BatchOperand? {
    guard let result = outcome.result, outcome.steps <= CostColumn.largest,
      outcome.size <= CostColumn.largest, outcome.uses != UseSets.tooMany
    else { return nil }
    var operand: BatchOperand
    switch result {
    case .success(let cell): operand = constant(cell)
    case .failure:
      operand = BatchOperand(column: batch.constant("fault") { JSONColumn(repeating: .fault) })
    }
    if outcome.steps > 0 || outcome.size > 0 || outcome.uses > 0 {
      operand.cost = cost(steps: outcome.steps, size: outcome.size, uses: outcome.uses)
    }
    return operand
  }

  /// A variable of the row: it counts once for all who read it.
  private mutating func inlined(_ variable: KeptVariable) -> BatchOperand? {
    guard case .lazy(_, let program) = variable.source, depth + program.depth < Self.deepest,
      planned < Self.most
    else { return nil }
    let outer = (locals, localCount, limits)
    (locals, localCount, limits) = ([:], program.localCount, program.limits)
    depth += program.depth
    defer {
      depth -= program.depth
      (locals, localCount, limits) = outer
    }
    guard var operand = value(program.root) else { return nil }
    guard let cost = operand.cost else { return operand }
    let read = self.cost(steps: 0, size: 0, uses: 0)
    let mask = batch.mask(guards).mask
    let column = operand.constant == nil ? operand.column : nil
    let sets = batch.kept.sets
    var own = UseSet()
    own.insert(variable.number)
    let number = sets.number(of: own)
    batch.append(
      BatchStep { rows in
        for row in 0..<rows {
          read.set(row, steps: 0, size: 0, uses: sets.union(cost.uses(row), number))
          // Where it is not known, or not asked for, somebody else says what it costs.
          guard mask?.rows[row] ?? true, column?.tag(row) != .unknown else { continue }
          let (steps, size) = cost[row]
          variable.set(row, steps: steps, size: size)
        }
      })
    operand.cost = read
    return operand
  }

  /// A call's body with the arguments in the parameters' places. What they cost counts once, before the body.
  mutating func call(
    _ node: DefinedCallNode, isCondition: Bool, _ changed: (Node) -> Node
  ) -> BatchOperand? {
    guard depth + node.function.depth < Self.deepest, planned < Self.most,
      node.function.stepCost <= CostColumn.largest
    else { return nil }
    var arguments: [Int: BatchOperand] = [:]
    var costs: [CostColumn] = []
    for (index, argument) in node.arguments.enumerated() {
      guard var operand = value(argument) else { return nil }
      if let cost = operand.cost { costs.append(cost) }
      operand.cost = nil
      operand.isOfRowStep = false
      arguments[index] = operand
    }
    let outer = (locals, localCount)
    (locals, localCount) = (arguments, node.function.localCount)
    depth += node.function.depth
    defer {
      depth -= node.function.depth
      (locals, localCount) = outer
    }
    self.isCondition = isCondition
    guard var operand = value(changed(node.function.body)) else { return nil }
    operand.cost = costs.reduce(cost(operand.cost, plus: node.function.stepCost, 0)) {
      cost($0, plus: $1)
    }
    return known(operand, where: node.arguments.indices.compactMap { arguments[$0] })
  }

  /// `cel.bind(name, value, body)`
  private mutating func bind(_ node: BindNode, isCondition: Bool) -> BatchOperand? {
    let outer = locals
    defer { locals = outer }
    var costs: [CostColumn] = []
    var values: [BatchOperand] = []
    for (index, value) in node.bindings {
      guard var operand = self.value(value) else { return nil }
      if let cost = operand.cost { costs.append(cost) }
      operand.cost = nil
      operand.isOfRowStep = false
      values.append(operand)
      locals[index] = operand
    }
    self.isCondition = isCondition
    guard var operand = value(node.body) else { return nil }
    for cost in costs { operand.cost = operand.cost.map { self.cost($0, plus: cost) } ?? cost }
    return known(operand, where: values)
  }

  /// What is evaluated although nothing may read it: where it is unknown, so is all.
  private func known(_ operand: BatchOperand, where values: [BatchOperand]) -> BatchOperand {
    var operand = operand
    for value in values where value.constant == nil {
      operand = operand.known(where: value.column, in: batch)
      operand.constant = nil
    }
    return operand
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
    return evaluatedNow(node, limits)
  }

  /// The value of a node that reads no row, evaluated now.
  func evaluatedNow(_ node: Node, _ limits: Limits) -> BatchOperand? {
    let cells = locals.compactMap { index, operand in operand.constant.map { (index, $0) } }
    return result(
      evaluator.evaluate(node, locals: cells, count: localCount, limits))
  }
}
