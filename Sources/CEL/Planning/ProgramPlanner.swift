/// Turns an expression into nodes: names become places, constant operands one constant, patterns automata.
///
/// langdef, "Evaluation".
struct ProgramPlanner {
  let environment: Environment
  let isChecked: Bool
  private(set) var root: Node = Node(offset: 0)
  private(set) var faults: [SyntaxFault] = []
  private(set) var slots: Set<Int> = []
  private(set) var variables: Set<String> = []
  private(set) var localCount = 0
  /// The depth with the bodies of the functions called.
  private(set) var depth = 0
  private var level = 0
  private var scopes: [(name: String, index: Int)] = []

  init(environment: Environment, isChecked: Bool, parameters: [String]) {
    self.environment = environment
    self.isChecked = isChecked
    for parameter in parameters { _ = open(parameter) }
  }

  /// Plans a whole expression into ``root``.
  mutating func plan(whole expression: Expression) {
    root = plan(expression)
  }

  mutating func report(_ message: String, at expression: Expression) {
    faults.append(
      SyntaxFault(message: message, offset: expression.offset, length: expression.length))
  }

  // MARK: Scopes

  /// A place of its own for a variable: no two variables of an expression share one, so that none is overwritten while
  /// another macro runs.
  private mutating func open(_ name: String) -> Int {
    defer { localCount += 1 }
    scopes.append((name, localCount))
    return localCount
  }

  private mutating func close(_ count: Int) { scopes.removeLast(count) }

  func local(_ name: String) -> Int? { scopes.last { $0.name == name }?.index }

  // MARK: Expressions

  mutating func plan(_ expression: Expression) -> Node {
    level += 1
    depth = max(depth, level)
    defer { level -= 1 }
    return switch expression.kind {
    case .literal(let literal): ConstantNode(Cell(literal), offset: expression.offset)
    case .identifier, .select: planName(expression)
    case .has(let operand, let field, let isOptional):
      planHas(expression, operand, field, isOptional: isOptional)
    case .index(let operand, let index, let isOptional):
      planIndex(expression, operand, index, isOptional: isOptional)
    case .call(let name, let target, let arguments): planCall(expression, name, target, arguments)
    case .logical(let symbol, let operands): planLogical(expression, symbol, operands)
    case .conditional(let condition, let yes, let no):
      ConditionalNode(plan(condition), plan(yes), plan(no), offset: expression.offset)
    case .list(let elements): planList(expression, elements)
    case .map(let entries): planMap(expression, entries)
    case .message(let name):
      FaultNode(
        Fault(.undeclared, "there is no message type '\(name)'"), offset: expression.offset)
    case .comprehension(let comprehension): planComprehension(expression, comprehension)
    case .bind(let name, let value, let body): planBind(expression, name, value, body)
    case .optionalMap(let name, let target, let body, let isFlat):
      planOptionalMap(expression, name, target, body, isFlat: isFlat)
    case .block(let values, let body): planBlock(expression, values, body)
    }
  }

  private mutating func planLogical(
    _ expression: Expression, _ symbol: Expression.LogicalOperator, _ operands: [Expression]
  ) -> Node {
    Self.balanced(operands.map { plan($0) }[...]) { left, right in
      symbol == .and
        ? AndNode(left, right, offset: expression.offset)
        : OrNode(left, right, offset: expression.offset)
    }
  }

  /// A chain as a tree of two operands each, so shallow that a long chain does not nest.
  private static func balanced(_ nodes: ArraySlice<Node>, _ join: (Node, Node) -> Node) -> Node {
    guard nodes.count > 1 else { return nodes[nodes.startIndex] }
    let middle = nodes.startIndex + (nodes.count + 1) / 2
    return join(balanced(nodes[..<middle], join), balanced(nodes[middle...], join))
  }

  private mutating func planList(_ expression: Expression, _ elements: [Expression.Element]) -> Node
  {
    let nodes = elements.map { (node: plan($0.value), isOptional: $0.isOptional) }
    return folded(ListNode(nodes, offset: expression.offset), over: nodes.map(\.node))
  }

  private mutating func planMap(_ expression: Expression, _ entries: [Expression.Entry]) -> Node {
    let nodes = entries.map {
      (key: plan($0.key), value: plan($0.value), isOptional: $0.isOptional)
    }
    return folded(
      MapNode(nodes, offset: expression.offset), over: nodes.flatMap { [$0.key, $0.value] })
  }

  /// The node's value as a constant when its operands are constants and it has one; else the node.
  func folded(_ node: Node, over operands: [Node]) -> Node {
    guard operands.allSatisfy({ $0 is ConstantNode }) else { return node }
    var frame = Frame()
    var limits = environment.limits
    limits.steps = min(limits.steps, 10_000)
    limits.size = min(limits.size, 1 << 20)
    frame.begin(limits, locals: 0)
    do throws(Fault) { return ConstantNode(try node.evaluate(&frame), offset: node.offset) } catch {
      return node
    }
  }

  // MARK: Variables of macros

  private mutating func planComprehension(
    _ expression: Expression, _ comprehension: Expression.Comprehension
  ) -> Node {
    let range = plan(comprehension.range)
    let indices = comprehension.variables.map { open($0) }
    let filter = comprehension.filter.map { plan($0) }
    let body = plan(comprehension.body)
    close(indices.count)
    let variables = Iteration.Variables(
      first: indices[0], second: indices.count == 2 ? indices[1] : nil)
    let cost = comprehension.body.count + (comprehension.filter?.count ?? 0)
    let offset = expression.offset
    func make(_ type: MacroNode.Type) -> Node {
      type.init(
        range: range, variables: variables, filter: filter, body: body, cost: cost, offset: offset)
    }
    return switch comprehension.macro {
    case .all, .exists:
      QuantifierNode(
        isExists: comprehension.macro == .exists, range, variables, body, cost: cost, offset: offset
      )
    case .existsOne: make(ExistsOneNode.self)
    case .filter: make(FilterNode.self)
    case .map, .transformList: make(TransformListNode.self)
    case .transformMap: make(TransformMapNode.self)
    case .transformMapEntry: make(TransformMapEntryNode.self)
    case .sortBy: make(SortByNode.self)
    }
  }

  private mutating func planBind(
    _ expression: Expression, _ name: String, _ value: Expression, _ body: Expression
  ) -> Node {
    let value = plan(value)
    let index = open(name)
    let body = plan(body)
    close(1)
    return BindNode([(index, value)], body, offset: expression.offset)
  }

  private mutating func planBlock(
    _ expression: Expression, _ values: [Expression], _ body: Expression
  ) -> Node {
    var bindings: [(index: Int, value: Node)] = []
    for (number, value) in values.enumerated() {
      let value = plan(value)
      bindings.append((open("@index\(number)"), value))
    }
    let body = plan(body)
    close(values.count)
    return BindNode(bindings, body, offset: expression.offset)
  }

  private mutating func planOptionalMap(
    _ expression: Expression, _ name: String, _ target: Expression, _ body: Expression, isFlat: Bool
  ) -> Node {
    let target = plan(target)
    let index = open(name)
    let body = plan(body)
    close(1)
    return OptionalMapNode(target, index, body, isFlat: isFlat, offset: expression.offset)
  }

  // MARK: Names

  mutating func slot(_ name: String, _ variable: Environment.Variable, offset: Int) -> Node {
    slots.insert(variable.slot.index)
    variables.insert(name)
    let node = SlotNode(variable.slot.index, name: name, offset: offset)
    return variable.isTime ? TimeNode(node) : node
  }

  /// A function's body is part of the program: it reads its variables and nests its depth.
  mutating func include(_ function: DefinedFunction) {
    slots.formUnion(function.slots)
    variables.formUnion(function.variables)
    depth = max(depth, level + function.depth)
  }
}

extension Cell {
  init(_ literal: Expression.Literal) {
    self =
      switch literal {
      case .null: .null
      case .bool(let value): .bool(value)
      case .int(let value): .int(value)
      case .uint(let value): .uint(value)
      case .double(let value): .double(value)
      case .string(let value): .string(value)
      case .bytes(let value): .bytes(value)
      }
  }
}
