internal import JSON

/// Logic and comparisons.
extension BatchPlanner {
  mutating func logic(
    _ left: Node, _ right: Node, _ logic: JSONColumn.Logic, decisive: Bool
  ) -> BatchOperand? {
    guard let left = condition(left), let right = condition(right) else { return nil }
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

  mutating func conditional(_ node: ConditionalNode) -> BatchOperand? {
    guard let choice = condition(node.condition), let yes = value(node.yes),
      let no = value(node.no), yes.isHeld, no.isHeld
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
    guard let operand = value(node), operand.isHeld, let other = constant(cell), other.isHeld else {
      return nil
    }
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
    guard let left = value(node.left), let right = value(node.right), left.isHeld, right.isHeld
    else { return nil }
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
      "\(node.relation.rawValue) \(BatchProgram.name(one)) \(BatchProgram.name(other))"
    ) { result in
      BatchStep { one.stands(order, to: other, into: result, rows: $0) }
    }
  }

  mutating func membership(_ node: InStringsNode) -> BatchOperand? {
    guard let operand = value(node.operand), operand.isHeld,
      node.texts.allSatisfy({ $0.count < Self.longText })
    else { return nil }
    let column = operand.column
    return condition(
      operand.cost, "in \(BatchProgram.name(column)) \(node.texts.map { Array($0.string.utf8) })"
    ) { result in
      BatchStep { column.isIn(node.texts, countsLength: false, into: result, rows: $0) }
    }
  }

  /// `text in list` of constant texts: each that is looked at counts.
  mutating func membership(_ node: InNode) -> BatchOperand? {
    guard let operand = value(node.element) else { return nil }
    if let name = operand.constant?.stringValue, operand.cost == nil {
      return membership(of: name, in: node.container)
    }
    guard operand.constant == nil,
      let list = value(node.container), list.cost == nil, case .list(let box)? = list.constant
    else { return nil }
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
          column.isIn(texts.map { JSONText($0) }, countsLength: true, into: result, rows: rows)
        }
      }
    }
    let found = result.column
    let looked = cost { (found.tag($0) == .yes || found.tag($0) == .no ? found.amount($0) : 0, 0) }
    result.cost = cost(operand, then: looked) { !$0.isFailure }
    return result
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
