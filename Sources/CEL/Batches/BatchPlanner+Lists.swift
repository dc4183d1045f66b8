internal import JSON

/// Macros over lists of documents: what is asked of an element is computed of all elements of a batch at once.
extension BatchPlanner {
  /// How deep lists in lists may nest.
  private static let mostLists = 4

  /// `list.exists(…)`, `list.all(…)`, `list.exists_one(…)` and `size(list.filter(…))`.
  mutating func macro(
    _ node: MacroNode, _ question: JSONQuantifier.Question, over range: BatchOperand
  ) -> BatchOperand? {
    guard node.variables.second == nil, node.cost <= 1 << 8, range.constant == nil,
      let documents = range.rows, batch.space.level < Self.mostLists
    else { return nil }
    let place = batch.place
    let shared = batch.elements(of: range.column, in: documents)
    if let result = reduction(node, question, of: range, in: shared) { return result }
    batch.back(to: place)
    // Something else of the row is asked of the elements: then it must be known before.
    guard blocked == batch.space.level + 1 else { return nil }
    blocked = nil
    let own = batch.ownElements(of: range.column, in: documents)
    return reduction(node, question, of: range, in: own)
  }

  private mutating func reduction(
    _ node: MacroNode, _ question: JSONQuantifier.Question, of range: BatchOperand,
    in space: BatchSpace
  ) -> BatchOperand? {
    guard let body = element(node, of: range, in: space) else { return nil }
    let key =
      "\(question) \(node.cost) \(BatchProgram.name(body.column)) \(body.cost.map(BatchProgram.name) ?? "")"
    let reduction = batch.reduction(key, in: space) {
      BatchReduction(
        question, of: range.column, body, steps: node.cost, cost: emptyCost())
    }
    var result = BatchOperand(column: reduction.result)
    result.cost = range.cost.map { cost($0, plus: reduction.cost) } ?? reduction.cost
    result.isCondition = question != .count
    return result
  }

  /// What is asked of each element.
  private mutating func element(
    _ node: MacroNode, of range: BatchOperand, in space: BatchSpace
  ) -> BatchOperand? {
    let index = node.variables.first
    let (outer, outerGuards) = (locals[index], guards)
    outerSpaces.append((batch.space, guards))
    batch.space = space
    guards = []
    locals[index] = BatchOperand(
      column: space.rows.roots, isOfDocument: true, rows: space.rows, level: space.level)
    defer {
      locals[index] = outer
      guards = outerGuards
      batch.space = outerSpaces.removeLast().space
    }
    return condition(node.body)
  }

  // MARK: What does not depend on the element

  /// How many of the lists around it a part depends on.
  func level(_ node: Node) -> Int {
    switch node {
    case is ConstantNode, is SlotNode, is TimeNode, is FaultNode: return 0
    case let node as LocalNode: return locals[node.index]?.level ?? 0
    default:
      // Of what is not known, everything may be read.
      guard let shape = NodeShape(node) else { return batch.space.level }
      return shape.parts.reduce(0) { max($0, level($1)) }
    }
  }

  /// A part that is the same for all elements of a list, computed of the row that the list is of.
  mutating func lifted(_ node: Node, from level: Int, isCondition: Bool) -> BatchOperand? {
    let (inner, innerGuards, innerSpaces) = (batch.space, guards, outerSpaces)
    let outer = outerSpaces[level]
    let spaces = outerSpaces[(level + 1)...].map(\.space) + [inner]
    (batch.space, guards) = outer
    outerSpaces.removeSubrange(level...)
    self.isCondition = isCondition
    let operand = optional(node)
    (batch.space, guards, outerSpaces) = (inner, innerGuards, innerSpaces)
    guard var operand, operand.optional == nil else { return nil }
    for space in spaces where operand.constant == nil || operand.cost?.isFixed == false {
      guard let spread = spread(operand, to: space) else { return nil }
      operand = spread
    }
    return operand
  }

  /// What is known of a row, for each element of its list.
  private mutating func spread(_ operand: BatchOperand, to space: BatchSpace) -> BatchOperand? {
    guard !space.isShared, let elements = space.elements else {
      blocked = space.level
      return nil
    }
    let inner = batch.space
    batch.space = space
    defer { batch.space = inner }
    var result = operand
    result.level = space.level
    if operand.constant == nil {
      let column = operand.column
      result = batch.operand("spread \(BatchProgram.name(column))") { result in
        BatchStep { elements.spread(column, into: result, rows: $0) }
      }
      result.isCondition = operand.isCondition
      result.isOfDocument = operand.isOfDocument
      // An element is of the document that its list is of.
      result.rows = operand.rows === elements.documents ? elements.rows : nil
    }
    result.cost = operand.cost
    if let cost = operand.cost, !cost.isFixed {
      let spread = emptyCost()
      batch.append(BatchStep { spread.set(cost, of: elements, rows: $0) })
      result.cost = spread
    }
    return result
  }
}
