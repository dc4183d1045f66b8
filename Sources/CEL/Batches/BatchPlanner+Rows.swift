internal import JSON

/// What columns do not know.
extension BatchPlanner {
  /// How much is evaluated while planning, of what reads neither the row nor a variable.
  private static let small = Limits(steps: 10_000, size: 1 << 20)

  /// A node that is evaluated row by row; nil when there is no column for what it gives.
  mutating func rowStep(_ node: Node, isCondition: Bool) -> BatchOperand? {
    var keys = NodeKeys(batch: batch, frame: frame, locals: locals)
    let key = "\(isCondition) \(keys.key(node))"
    if !keys.readsRow, !keys.readsVariables { return evaluatedNow(node, Self.small) }
    // Elements of lists are no rows of which something is evaluated.
    guard batch.space.level == 0, isCondition || node.isHoldable({ kept($0) }) else { return nil }
    let bound = keys.readLocals.sorted().compactMap { index in
      locals[index].map { (index: index, operand: $0) }
    }
    let isOfBatch = !keys.readsRow
    let step = batch.part(key) {
      RowStep(
        node, isCondition: isCondition, locals: bound, localCount: localCount, limits: limits,
        isOfBatch: isOfBatch, by: evaluator, over: batch.rows, sets: batch.kept.sets)
    }
    rowSteps.append(node.operationName)
    let (maskKey, mask) = batch.mask(guards)
    let cost = emptyCost()
    return batch.operand("row \(BatchProgram.name(step)) \(maskKey)") {
      var operand = BatchOperand(column: JSONColumn(), cost: cost, rows: batch.rows)
      operand.isCondition = isCondition
      operand.isOfRowStep = true
      let column = operand.column
      batch.append(BatchStep { step.fill(column, cost, where: mask, rows: $0) })
      return operand
    }
  }

  /// The program of a variable that is computed when it is read first.
  private func kept(_ slot: Int) -> Program? {
    guard slot < frame.slots.count, case .kept(let variable) = frame.slots[slot],
      case .lazy(_, let program) = variable.source
    else { return nil }
    return program
  }

  /// `list.exists(…)` and `list.all(…)`; over a short constant list, its elements one after the other.
  mutating func quantifier(_ node: QuantifierNode) -> BatchOperand? {
    guard let range = value(node.range) else { return nil }
    guard let list = range.constant else {
      return macro(node, node.decisive ? .exists : .all, over: range)
    }
    guard node.variables.second == nil, var elements = ListElements(list),
      elements.count * (1 + node.cost) <= 240
    else { return nil }
    let index = node.variables.first
    let (outer, outerGuards) = (locals[index], guards)
    defer {
      locals[index] = outer
      guards = outerGuards
    }
    let decisive = node.decisive
    var terms: [BatchOperand] = []
    while let element = elements.next() {
      locals[index] = constant(element)
      guard var term = condition(node.body) else { return nil }
      term.cost = cost(term.cost, plus: node.cost, 0)
      terms.append(term)
      if case .bool(decisive)? = term.constant { break }
      guards.append(BatchGuard(term.column, [decisive ? .no : .yes, .fault]))
    }
    var result = constant(.bool(!decisive))
    for term in terms.reversed() {
      result = combined(term, result, decisive ? .or : .and, decisive: decisive)
    }
    result.cost = cost(range, then: result.cost) { _ in true }
    return result
  }
}
