internal import JSON

/// Logic and comparisons.
extension BatchPlanner {
  mutating func logic(
    _ left: Node, _ right: Node, _ logic: JSONColumn.Logic, decisive: Bool
  ) -> BatchOperand? {
    guard let left = condition(left) else { return nil }
    if case .bool(decisive)? = left.constant { return left }
    // The right is asked for behind an error too: it may decide.
    let right = guarded(by: left.column, [decisive ? .no : .yes, .fault]) { $0.condition(right) }
    return right.map { combined(left, $0, logic, decisive: decisive) }
  }

  func combined(
    _ left: BatchOperand, _ right: BatchOperand, _ logic: JSONColumn.Logic, decisive: Bool
  ) -> BatchOperand {
    if case .bool(!decisive)? = left.constant {
      var right = right
      right.cost = cost(left, then: right.cost) { _ in true }
      return right
    }
    if case .bool(!decisive)? = right.constant, right.cost == nil { return left }
    let (one, other) = (left.column, right.column)
    return condition(
      cost(left, then: right.cost) { $0 != (decisive ? .yes : .no) },
      "\(decisive ? "or" : "and") \(BatchProgram.name(one)) \(BatchProgram.name(other))"
    ) { result in
      BatchStep { one.combined(with: other, by: logic, into: result, rows: $0) }
    }
  }

  mutating func not(_ node: NotNode) -> BatchOperand? {
    guard let operand = condition(node.operand) else { return nil }
    let column = operand.column
    return condition(operand.cost, "not \(BatchProgram.name(column))") { result in
      BatchStep { column.negated(into: result, rows: $0) }
    }
  }

  mutating func conditional(_ node: ConditionalNode, isCondition: Bool) -> BatchOperand? {
    func branch(_ node: Node, _ planner: inout BatchPlanner) -> BatchOperand? {
      isCondition ? planner.condition(node) : planner.value(node)
    }
    guard let choice = condition(node.condition) else { return nil }
    if case .bool(let isYes)? = choice.constant {
      guard var chosen = branch(isYes ? node.yes : node.no, &self) else { return nil }
      chosen.cost = cost(choice, then: chosen.cost) { _ in true }
      return chosen
    }
    guard
      let yes = guarded(by: choice.column, [.yes], { branch(node.yes, &$0) }),
      let no = guarded(by: choice.column, [.no], { branch(node.no, &$0) }), yes.isHeld, no.isHeld
    else { return nil }
    let columns = (choice.column, yes.column, no.column)
    var result = batch.operand(
      "choose \(BatchProgram.name(columns.0)) \(BatchProgram.name(columns.1)) \(BatchProgram.name(columns.2))"
    ) { result in
      BatchStep { columns.0.chosen(columns.1, columns.2, into: result, rows: $0) }
    }
    let first = cost(choice, then: yes.cost) { $0 == .yes }
    var sum = choice
    sum.cost = first
    result.cost = cost(sum, then: no.cost) { $0 == .no }
    result.isCondition = yes.isCondition && no.isCondition
    result.rows =
      yes.constant != nil ? no.rows : no.constant != nil || yes.rows === no.rows ? yes.rows : nil
    return result
  }

  /// `operand == constant`
  mutating func equal(_ node: Node, to cell: Cell, isNegated: Bool) -> BatchOperand? {
    let other = constant(cell)
    guard let operand = value(node), operand.isHeld, other.isHeld else { return nil }
    if case .text(let text) = cell {
      guard text.count < Self.longText else { return nil }
      let column = operand.column
      return condition(
        operand.cost,
        "\(isNegated)equals \(BatchProgram.name(column)) \(BatchProgram.name(other.column))"
      ) { result in
        BatchStep { column.equals(text, negated: isNegated, into: result, rows: $0) }
      }
    }
    return equal(operand, other, isNegated: isNegated)
  }

  mutating func equal(_ node: EqualNode) -> BatchOperand? {
    if let test = typeTest(node) { return test }
    guard let left = value(node.left), let right = value(node.right), left.isHeld, right.isHeld
    else { return nil }
    return equal(left, right, isNegated: node.isNegated)
  }

  private func equal(_ left: BatchOperand, _ right: BatchOperand, isNegated: Bool) -> BatchOperand {
    let (one, other) = (left.column, right.column)
    return condition(
      cost(left, right),
      "\(isNegated)equal \(BatchProgram.name(one)) \(BatchProgram.name(other))"
    ) { result in
      BatchStep { one.equals(other, negated: isNegated, into: result, rows: $0) }
    }
  }

  mutating func order(_ node: OrderNode) -> BatchOperand? {
    if node.isOfTime { return orderOfTime(node) }
    guard let left = value(node.left), let right = value(node.right), left.isHeld, right.isHeld
    else { return nil }
    return self.order(node, left, right)
  }

  /// - Parameter slope: How much later the left becomes with each second, compared with the right.
  func order(
    _ node: OrderNode, _ left: BatchOperand, _ right: BatchOperand, slope: Int = 0
  ) -> BatchOperand {
    let order: JSONColumn.Order =
      switch node.relation {
      case .less: .less
      case .lessOrEqual: .lessOrEqual
      case .greater: .greater
      case .greaterOrEqual: .greaterOrEqual
      }
    let (one, other) = (left.column, right.column)
    return condition(
      cost(left, right),
      "\(node.relation.rawValue) \(BatchProgram.name(one)) \(BatchProgram.name(other)) \(slope)"
    ) { result in
      let validity = slope == 0 ? nil : frame.validity
      return BatchStep { rows in
        one.stands(order, to: other, into: result, rows: rows)
        validity?.narrow(one, other, slope: slope, rows: rows)
      }
    }
  }

  mutating func arithmetic(_ node: ArithmeticNode) -> BatchOperand? {
    guard let left = value(node.left), let right = value(node.right), left.isHeld, right.isHeld
    else { return nil }
    if left.constant != nil, right.constant != nil { return evaluatedNow(node, limits) }
    return arithmetic(node, left, right)
  }

  /// - Parameter slopes: By how many seconds both may move with each second, together.
  func arithmetic(
    _ node: ArithmeticNode, _ left: BatchOperand, _ right: BatchOperand, slopes: Int = 0
  ) -> BatchOperand {
    let operation: JSONColumn.Operation =
      switch node.operation {
      case .add: .add
      case .subtract: .subtract
      case .multiply: .multiply
      case .divide: .divide
      case .modulo: .modulo
      }
    let (one, other) = (left.column, right.column)
    var result = batch.operand(
      "\(node.operation.rawValue) \(BatchProgram.name(one)) \(BatchProgram.name(other)) \(slopes)"
    ) { result in
      let validity = slopes == 0 ? nil : frame.validity
      return BatchStep { rows in
        one.computed(operation, with: other, into: result, rows: rows)
        validity?.added(one, other, node.operation, slopes: slopes, rows: rows)
      }
    }
    result.cost = cost(left, right)
    guard operation == .add, left.mayBeText, right.mayBeText else { return result }
    // A text that was made counts.
    let built = cost(of: result.column, as: .lengths)
    result.cost = result.cost.map { cost($0, plus: built) } ?? built
    return result
  }

  mutating func membership(_ node: InStringsNode) -> BatchOperand? {
    guard let operand = value(node.operand), operand.isHeld,
      node.texts.allSatisfy({ $0.count < Self.longText })
    else { return nil }
    let column = operand.column
    var result = condition(
      operand.cost, "in \(BatchProgram.name(column)) \(node.texts.map { Array($0.string.utf8) })"
    ) { result in
      BatchStep { column.isIn(node.texts, counts: .made, into: result, rows: $0) }
    }
    if operand.isOfDocument { return result }
    result.cost = cost(operand, then: cost(of: result.column, as: .counts)) { !$0.isFailure }
    return result
  }

  /// `text in list` of constant texts: each that is looked at counts.
  mutating func membership(_ node: InNode) -> BatchOperand? {
    guard let operand = value(node.element) else { return nil }
    if let cell = operand.constant, operand.cost == nil,
      let result = membership(of: cell, in: node.container, offset: node.offset)
    {
      return result
    }
    guard operand.constant == nil, let list = value(node.container) else { return nil }
    guard let constant = list.constant else { return containment(operand, nil, in: list) }
    guard case .list(let box) = constant else { return nil }
    var texts: [JSONTextStorage] = []
    for element in box.elements {
      guard let text = element.stringValue, text.utf8.count < Self.longText else { return nil }
      texts.append(JSONTextStorage(text))
    }
    let column = operand.column
    let key = box.elements.map { Array(($0.stringValue ?? "").utf8) }
    var result = condition(nil, "counted in \(BatchProgram.name(column)) \(key)") { result in
      BatchStep { rows in
        withExtendedLifetime(texts) {
          column.isIn(texts.map { JSONText($0) }, counts: .all, into: result, rows: rows)
        }
      }
    }
    let found = result.column
    let looked = cost(of: found, as: .counts)
    var both = operand
    both.cost = cost(operand, list)
    result.cost = cost(both, then: looked) { !$0.isFailure }
    return result
  }

  /// `constant in container`: of a choice between containers, and of what a function gives, in what it gives.
  private mutating func membership(
    of cell: Cell, in container: Node, offset: Int
  ) -> BatchOperand? {
    let element = ConstantNode(cell, offset: offset)
    switch container {
    case let node as ConditionalNode:
      return conditional(
        ConditionalNode(
          node.condition, InNode(element, node.yes, offset: offset),
          InNode(element, node.no, offset: offset), offset: offset), isCondition: true)
    case let node as DefinedCallNode:
      return call(node, isCondition: true) { InNode(element, $0, offset: offset) }
    default: return cell.stringValue.flatMap { membership(of: $0, in: container) }
    }
  }

  mutating func textRelation(_ node: TextRelationNode) -> BatchOperand? {
    guard let operand = value(node.operand), operand.isHeld, node.part.count < Self.longText else {
      return nil
    }
    let relation: JSONColumn.TextRelation =
      switch node.relation {
      case .startsWith: .prefix
      case .endsWith: .suffix
      case .contains: .inside
      }
    let column = operand.column
    return condition(
      operand.cost,
      "\(node.relation.rawValue) \(BatchProgram.name(column)) \(Array(node.part.string.utf8))"
    ) { result in
      BatchStep { column.has(node.part, relation, into: result, rows: $0) }
    }
  }

  /// A part whose values are conditions, computed once for all that have the key.
  func condition(
    _ cost: CostColumn?, _ key: String, _ step: (JSONColumn) -> BatchStep
  ) -> BatchOperand {
    var result = batch.operand(key, step)
    result.cost = cost
    result.isCondition = true
    return result
  }
}
