internal import JSON

/// Variables, fields and indices.
extension ProgramPlanner {
  /// An identifier or a chain of selections: langdef, "Name Resolution".
  mutating func planName(_ expression: Expression) -> Node {
    if let node = planDeclared(expression) { return node }
    switch expression.kind {
    case .select(let operand, let field, let isOptional):
      let operand = plan(operand)
      return isOptional
        ? folded(OptionalSelectNode(operand, field, offset: expression.offset), over: [operand])
        : select(operand, field, offset: expression.offset)
    case .identifier(let name, _):
      return FaultNode(
        Fault(.undeclared, "undeclared reference to '\(name)'"), offset: expression.offset)
    default:
      return FaultNode(Fault(.undeclared, "not a name"), offset: expression.offset)
    }
  }

  private mutating func planDeclared(_ expression: Expression) -> Node? {
    guard let (name, isAbsolute) = expression.qualifiedName else { return nil }
    if !isAbsolute, let leading = expression.leadingIdentifier, let index = local(leading) {
      return leading == name ? LocalNode(index, offset: expression.offset) : nil
    }
    if let found = environment.variable(name, isAbsolute: isAbsolute) {
      return slot(found.name, found.variable, offset: expression.offset)
    }
    return environment.typeDenoted(by: name, isAbsolute: isAbsolute).map {
      ConstantNode(.type(TypeBox($0)), offset: expression.offset)
    }
  }

  /// Fields of a declared variable or a macro's variable become one path.
  private func select(_ operand: Node, _ field: String, offset: Int) -> Node {
    let field = JSONKey(field)
    switch operand {
    case let slot as SlotNode: return PathNode(slot, [field], offset: offset)
    case let path as PathNode: return PathNode(path.root, path.fields + [field], offset: offset)
    case let local as LocalNode: return LocalPathNode(local, [field], offset: offset)
    case let path as LocalPathNode:
      return LocalPathNode(path.root, path.fields + [field], offset: offset)
    default: return folded(SelectNode(operand, field, offset: offset), over: [operand])
    }
  }

  mutating func planHas(
    _ expression: Expression, _ operand: Expression, _ field: String, isOptional: Bool
  ) -> Node {
    // `has(a.?b)` asks the same as `has(a.b)`.
    let operand = plan(operand)
    return folded(HasNode(operand, field, offset: expression.offset), over: [operand])
  }

  mutating func planIndex(
    _ expression: Expression, _ operand: Expression, _ index: Expression, isOptional: Bool
  ) -> Node {
    let operand = plan(operand)
    let index = plan(index)
    if !isOptional, case .text(let text)? = (index as? ConstantNode)?.cell {
      return select(operand, text.string, offset: expression.offset)
    }
    return folded(
      IndexNode(operand, index, isOptional: isOptional, offset: expression.offset),
      over: [operand, index])
  }
}
