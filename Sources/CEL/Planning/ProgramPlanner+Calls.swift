internal import JSON

/// Calls and operators.
extension ProgramPlanner {
  mutating func planCall(
    _ expression: Expression, _ name: String, _ target: Expression?, _ arguments: [Expression]
  ) -> Node {
    if let target, let qualified = qualifiedFunction(name, target) {
      return planFunction(
        expression, qualified.name, qualified.function, arguments, isMember: false)
    }
    let all = (target.map { [$0] } ?? []) + arguments
    guard let found = environment.function(name, isMember: target != nil) else {
      return FaultNode(
        Fault(.undeclared, "undeclared function '\(name)'"), offset: expression.offset)
    }
    return planFunction(expression, found.name, found.function, all, isMember: target != nil)
  }

  private func qualifiedFunction(
    _ name: String, _ target: Expression
  ) -> (name: String, function: Environment.Function)? {
    guard let (namespace, isAbsolute) = target.qualifiedName else { return nil }
    if let leading = target.leadingIdentifier, local(leading) != nil { return nil }
    return environment.function("\(isAbsolute ? "." : "")\(namespace).\(name)", isMember: false)
  }

  private mutating func planFunction(
    _ expression: Expression, _ name: String, _ function: Environment.Function,
    _ arguments: [Expression], isMember: Bool
  ) -> Node {
    let offset = expression.offset
    let nodes = arguments.map { plan($0) }
    switch function {
    case .defined(let defined):
      guard nodes.count == defined.overload.parameters.count else {
        return FaultNode(Fault(.noSuchOverload, "no such overload: \(name)"), offset: offset)
      }
      include(defined)
      return DefinedCallNode(defined, nodes, offset: offset)
    case .declared:
      return FaultNode(Fault(.undeclared, "the function '\(name)' has no body"), offset: offset)
    case .builtIn(let definition):
      if let node = special(expression, definition.name, nodes) { return folded(node, over: nodes) }
      let isVariadic = name == "math.greatest" || name == "math.least"
      let isTaken = definition.overloads.contains {
        $0.isMember == isMember && ($0.parameters.count == nodes.count || isVariadic)
      }
      guard isTaken, let implementation = definition.implementation(arguments: nodes.count) else {
        return FaultNode(
          Fault(.noSuchOverload, "no such overload: \(name) with \(nodes.count) arguments"),
          offset: offset)
      }
      return folded(
        Self.node(definition.name, implementation, nodes, offset: offset), over: nodes)
    }
  }

  private static func node(
    _ name: String, _ implementation: FunctionDefinition.Implementation, _ nodes: [Node],
    offset: Int
  ) -> Node {
    switch implementation {
    case .unary(let function): UnaryCallNode(name, function, nodes[0], offset: offset)
    case .binary(let function):
      BinaryCallNode(name, function, nodes[0], nodes[1], offset: offset)
    case .ternary(let function):
      TernaryCallNode(name, function, (nodes[0], nodes[1], nodes[2]), offset: offset)
    case .variadic(_, let function): VariadicCallNode(name, function, nodes, offset: offset)
    }
  }

  /// The node of an operator, or of a function that has one of its own.
  private mutating func special(_ expression: Expression, _ name: String, _ nodes: [Node]) -> Node?
  {
    let offset = expression.offset
    switch (name, nodes.count) {
    case ("!_", 1): return NotNode(nodes[0], offset: offset)
    case ("_==_", 2), ("_!=_", 2):
      return equal(nodes[0], nodes[1], isNegated: name == "_!=_", offset: offset)
    case ("@in", 2): return membership(nodes[0], nodes[1], offset: offset)
    case ("matches", 2):
      guard let text = (nodes[1] as? ConstantNode)?.cell.stringValue else { return nil }
      do throws(Fault) {
        let pattern = try RegularExpression(text, limit: environment.limits.pattern)
        return MatchesNode(nodes[0], pattern, offset: offset)
      } catch {
        if isChecked { report(error.error.message, at: expression) }
        return FaultNode(error, offset: offset)
      }
    case ("startsWith", 2), ("endsWith", 2), ("contains", 2):
      guard let constant = nodes[1] as? ConstantNode, case .text(let part) = constant.cell,
        let relation = TextRelationNode.Relation(rawValue: name)
      else { return nil }
      return TextRelationNode(relation, nodes[0], constant, part, offset: offset)
    case ("size", 1):
      return (nodes[0] as? FilterNode).map { FilterCountNode($0, offset: offset) }
    default: break
    }
    if nodes.count == 2, let operation = Arithmetic(rawValue: name) {
      return ArithmeticNode(operation, nodes[0], nodes[1], offset: offset)
    }
    if nodes.count == 2, let relation = OrderNode.Relation(rawValue: name) {
      return OrderNode(relation, nodes[0], nodes[1], offset: offset)
    }
    return nil
  }

  private func equal(_ left: Node, _ right: Node, isNegated: Bool, offset: Int) -> Node {
    for (constant, operand) in [(right, left), (left, right)] {
      guard let constant = constant as? ConstantNode, !(operand is ConstantNode),
        EqualConstantNode.takes(constant.cell)
      else { continue }
      return EqualConstantNode(operand, constant, isNegated: isNegated, offset: offset)
    }
    return EqualNode(left, right, isNegated: isNegated, offset: offset)
  }

  private func membership(_ element: Node, _ container: Node, offset: Int) -> Node {
    if let constant = container as? ConstantNode,
      let node = InStringsNode(element, constant, offset: offset)
    {
      return node
    }
    return InNode(element, container, offset: offset)
  }
}
