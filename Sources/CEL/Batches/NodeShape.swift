internal import JSON

/// What a node is: its operation, with whatever is no node in it, and its parts.
struct NodeShape {
  let operation: String
  let parts: [Node]
  /// The variables that it gives values to, for its parts.
  var locals: [Int] = []

  init(_ operation: String, _ parts: [Node], locals: [Int] = []) {
    self.operation = operation
    self.parts = parts
    self.locals = locals
  }

  /// nil for a node of which nothing is known, and for those without parts.
  init?(_ node: Node) {
    switch node {
    case let node as PathNode: self.init("path\(Self.names(node.fields))", [node.root])
    case let node as LocalPathNode: self.init("path\(Self.names(node.fields))", [node.root])
    case let node as SelectNode: self.init("path\(Self.names([node.field]))", [node.operand])
    case let node as OptionalSelectNode: self.init("?\(Self.names([node.field]))", [node.operand])
    case let node as HasNode: self.init("has\(Self.names([node.field]))", [node.operand])
    case let node as IndexNode:
      self.init(node.isOptional ? "index?" : "index", [node.operand, node.index])
    case let node as ConditionalNode: self.init("?:", [node.condition, node.yes, node.no])
    case let node as ListNode:
      self.init("list\(node.elements.map(\.isOptional))", node.elements.map(\.node))
    case let node as MapNode:
      self.init(
        "map\(node.entries.map(\.isOptional))", node.entries.flatMap { [$0.key, $0.value] })
    case let node as FilterCountNode: self.init("size", [node.filter])
    case let node as MacroNode: self.init(node)
    case let node as BindNode:
      self.init(
        "bind", node.bindings.map(\.value) + [node.body], locals: node.bindings.map(\.index))
    case let node as OptionalMapNode:
      self.init(
        node.isFlat ? "optFlatMap" : "optMap", [node.target, node.body], locals: [node.index])
    default: self.init(operator: node)
    }
  }

  private init?(operator node: Node) {
    switch node {
    case let node as AndNode: self.init("&&", [node.left, node.right])
    case let node as OrNode: self.init("||", [node.left, node.right])
    case let node as NotNode: self.init("!", [node.operand])
    case let node as EqualNode: self.init(node.isNegated ? "!=" : "==", [node.left, node.right])
    case let node as EqualConstantNode:
      self.init(node.isNegated ? "!=" : "==", [node.operand, node.constant])
    case let node as InStringsNode: self.init("in", [node.operand, node.constant])
    case let node as InNode: self.init("in", [node.element, node.container])
    case let node as TextRelationNode:
      self.init("\(node.relation.rawValue) \(Array(node.part.string.utf8))", [node.operand])
    case let node as OrderNode: self.init(node.relation.rawValue, [node.left, node.right])
    case let node as ArithmeticNode: self.init(node.operation.rawValue, [node.left, node.right])
    case let node as UnaryCallNode: self.init(node.name, [node.argument])
    case let node as BinaryCallNode: self.init(node.name, [node.first, node.second])
    case let node as TernaryCallNode:
      self.init(node.name, [node.arguments.0, node.arguments.1, node.arguments.2])
    case let node as VariadicCallNode: self.init(node.name, node.arguments)
    case let node as MatchesNode:
      self.init("matches \(Array(node.pattern.source.utf8))", [node.text])
    case let node as DefinedCallNode:
      self.init("call \(ObjectIdentifier(node.function).hashValue)", node.arguments)
    default: return nil
    }
  }

  private init(_ node: MacroNode) {
    let kind = (node as? QuantifierNode).map { $0.decisive ? "exists" : "all" }
    self.init(
      "\(kind ?? "\(type(of: node))") \(node.cost)",
      [node.range] + (node.filter.map { [$0] } ?? []) + [node.body],
      locals: [node.variables.first] + (node.variables.second.map { [$0] } ?? []))
  }

  private static func names(_ fields: [JSONKey]) -> String {
    "\(fields.map { Array($0.string.utf8) })"
  }
}

extension Node {
  /// The name of what it does, for people.
  var operationName: String {
    switch self {
    case is PathNode, is LocalPathNode, is SelectNode: "field"
    case is OptionalSelectNode: "optional field"
    case is HasNode: "has"
    case is SlotNode, is TimeNode, is LocalNode: "variable"
    case let node as DefinedCallNode: "\(node.function.body.operationName) in a function"
    case let node as QuantifierNode: node.decisive ? "exists" : "all"
    case is ExistsOneNode: "exists_one"
    case is FilterNode: "filter"
    case is FilterCountNode: "size of filter"
    case is TransformListNode: "map"
    case is SortByNode: "sortBy"
    case is TextRelationNode: "text relation"
    case is MatchesNode: "matches"
    case is ConditionalNode: "?:"
    case is ListNode: "list"
    case is MapNode: "map literal"
    case is BindNode: "cel.bind"
    default: NodeShape(self)?.operation ?? "\(type(of: self))"
    }
  }

  /// Whether a column may have a place for what it gives: a scalar, or a part of a document. Of a list or a map that is
  /// built there is none.
  func isHoldable(_ variables: (Int) -> Program?, depth: Int = 0) -> Bool {
    if depth > 80 { return false }
    func holds(_ node: Node) -> Bool { node.isHoldable(variables, depth: depth + 1) }
    switch self {
    case is ListNode, is MapNode, is FilterNode, is TransformListNode, is TransformMapNode,
      is TransformMapEntryNode, is SortByNode, is OptionalMapNode, is OptionalSelectNode:
      return false
    case let node as ConstantNode:
      return BatchOperand(column: JSONColumn(), constant: node.cell).isHeld
    case let node as SlotNode: return variables(node.index).map { holds($0.root) } ?? true
    case let node as IndexNode: return !node.isOptional
    case let node as ConditionalNode: return holds(node.yes) && holds(node.no)
    case let node as BindNode: return holds(node.body)
    case let node as DefinedCallNode: return holds(node.function.body)
    case let node as ArithmeticNode: return holds(node.left) && holds(node.right)
    case let node as UnaryCallNode:
      return node.name == "dyn" ? holds(node.argument) : Self.isHeld(node.name)
    case let node as BinaryCallNode:
      return node.name == "orValue" ? holds(node.second) : Self.isHeld(node.name)
    case let node as TernaryCallNode: return Self.isHeld(node.name)
    case let node as VariadicCallNode: return Self.isHeld(node.name)
    default: return true
    }
  }

  /// Whether a function gives what a column can hold.
  private static func isHeld(_ function: String) -> Bool {
    switch function {
    case "size", "string", "int", "uint", "double", "bool", "timestamp", "duration", "lowerAscii",
      "upperAscii",
      "trim", "hasValue", "value", "replace", "substring", "join", "charAt", "indexOf",
      "lastIndexOf", "contains", "startsWith", "endsWith", "matches", "regex.replace", "-_",
      "math.greatest", "math.least", "math.abs", "format", "sets.contains", "sets.intersects",
      "sets.equivalent", "isIP", "isCIDR", "containsIP", "containsCIDR", "prefixLength", "family",
      "strings.quote":
      true
    default: function.hasPrefix("get") || function.hasPrefix("is")
    }
  }
}
