internal import JSON

/// Variables, and what functions and bindings name.
extension BatchPlanner {
  /// A variable, or an expression that is evaluated when it is read first: it is read as if it stood there.
  mutating func slot(_ node: SlotNode) -> BatchOperand? {
    if let rows = batch.changing[node.index] {
      return BatchOperand(column: rows.roots, isOfDocument: true, rows: rows)
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
    let read = emptyCost()
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
      operand.level = batch.space.level
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
  mutating func bind(_ node: BindNode, isCondition: Bool) -> BatchOperand? {
    let outer = locals
    defer { locals = outer }
    var costs: [CostColumn] = []
    var values: [BatchOperand] = []
    for (index, value) in node.bindings {
      guard var operand = self.value(value) else { return nil }
      if let cost = operand.cost { costs.append(cost) }
      operand.cost = nil
      operand.isOfRowStep = false
      operand.level = batch.space.level
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

  /// The value of a node all of whose operands are constants, evaluated now.
  mutating func folded(_ node: Node, _ operands: [Node]) -> BatchOperand? {
    for operand in operands {
      guard let value = value(operand), value.constant != nil else { return nil }
    }
    return evaluatedNow(node, limits)
  }

  /// The value of a node that reads no row, evaluated now.
  ///
  /// - Parameter isMoving: Whether who asks knows that it may move with the time.
  func evaluatedNow(_ node: Node, _ limits: Limits, isMoving: Bool = false) -> BatchOperand? {
    let cells = locals.compactMap { index, operand in operand.constant.map { (index, $0) } }
    return result(
      evaluator.evaluate(node, isMoving: isMoving, locals: cells, count: localCount, limits))
  }
}
