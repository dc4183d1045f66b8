/// Finds the type of every expression and what is wrong before anything is evaluated: langdef, "Gradual Type Checking".
///
/// Every issue is found: after one, the expression counts as `dyn`.
struct Checker {
  let environment: Environment
  let source: [UInt8]
  var substitution = Substitution()
  var issues: [Issue] = []
  /// The variables of macros and functions, the innermost last.
  private(set) var scopes: [(name: String, type: ValueType)] = []

  init(
    environment: Environment, source: [UInt8], parameters: [(name: String, type: ValueType)] = []
  ) {
    self.environment = environment
    self.source = source
    scopes = parameters
  }

  /// The type of a whole expression, parameters resolved.
  mutating func resultType(of expression: Expression) -> ValueType {
    let type = check(expression)
    return substitution.resolve(type, unknownAsDyn: true)
  }

  mutating func report(_ message: String, at expression: Expression, suggestion: String? = nil) {
    report(message, offset: expression.offset, length: expression.length, suggestion: suggestion)
  }

  mutating func report(_ message: String, offset: Int, length: Int, suggestion: String? = nil) {
    issues.append(
      Issue(message: message, offset: offset, length: length, suggestion: suggestion, in: source))
  }

  /// A type as a message shows it.
  func shown(_ type: ValueType) -> String {
    substitution.resolve(type, unknownAsDyn: true).description
  }

  mutating func check(_ expression: Expression) -> ValueType {
    switch expression.kind {
    case .literal(let literal): literal.type
    case .identifier, .select: checkName(expression)
    case .has(let operand, let field, let isOptional):
      checkHas(expression, operand, field, isOptional: isOptional)
    case .index(let operand, let index, let isOptional):
      checkIndex(expression, operand, index, isOptional: isOptional)
    case .call(let name, let target, let arguments):
      checkCall(expression, name, target, arguments)
    case .logical(let symbol, let operands): checkLogical(symbol, operands)
    case .conditional(let condition, let yes, let no):
      checkConditional(expression, condition, yes, no)
    case .list(let elements): checkList(elements)
    case .map(let entries): checkMap(entries)
    case .message(let name): checkMessage(expression, name)
    case .comprehension(let comprehension): checkComprehension(comprehension)
    case .bind(let name, let value, let body): checkBind(name, value, body)
    case .optionalMap(let name, let target, let body, let isFlat):
      checkOptionalMap(name, target, body, isFlat: isFlat)
    case .block(let values, let body): checkBlock(values, body)
    }
  }

  // MARK: Scopes

  func local(_ name: String) -> ValueType? { scopes.last { $0.name == name }?.type }

  mutating func with<Result>(
    _ variables: [(name: String, type: ValueType)], _ body: (inout Checker) -> Result
  ) -> Result {
    scopes += variables
    defer { scopes.removeLast(variables.count) }
    return body(&self)
  }

  // MARK: Composite expressions

  private mutating func checkLogical(
    _ symbol: Expression.LogicalOperator, _ operands: [Expression]
  ) -> ValueType {
    for operand in operands {
      let type = check(operand)
      if !substitution.isAssignable(type, .bool) {
        report("'\(symbol == .and ? "&&" : "||")' takes bool, not \(shown(type))", at: operand)
      }
    }
    return .bool
  }

  private mutating func checkConditional(
    _ expression: Expression, _ condition: Expression, _ yes: Expression, _ no: Expression
  ) -> ValueType {
    let types = [check(condition), check(yes), check(no)]
    if let result = resolve(Self.conditionalOverloads, types, isMember: false) { return result }
    if !substitution.isAssignable(types[0], .bool) {
      report("the condition of '? :' is bool, not \(shown(types[0]))", at: condition)
    } else {
      report(
        "'? :' has values of different types, \(shown(types[1])) and \(shown(types[2]))",
        at: expression)
    }
    return .dyn
  }

  private static let conditionalOverloads = [Overload("(bool, A, A) -> A")]

  private mutating func checkList(_ elements: [Expression.Element]) -> ValueType {
    var joined: ValueType?
    for element in elements {
      var type = check(element.value)
      if element.isOptional { type = unwrapOptional(type, element.value) }
      joined = join(joined, type)
    }
    return .list(joined ?? substitution.fresh())
  }

  private mutating func checkMap(_ entries: [Expression.Entry]) -> ValueType {
    var keys: ValueType?
    var values: ValueType?
    for entry in entries {
      let key = check(entry.key)
      switch substitution.resolve(key) {
      case .double, .null, .bytes, .list, .map, .timestamp, .duration, .type, .optional, .abstract:
        report("a map's key can't be of type \(shown(key))", at: entry.key)
      default: keys = join(keys, key)
      }
      var value = check(entry.value)
      if entry.isOptional { value = unwrapOptional(value, entry.value) }
      values = join(values, value)
    }
    return .map(keys ?? substitution.fresh(), values ?? substitution.fresh())
  }

  /// The type of both, `dyn` when they do not agree.
  private mutating func join(_ previous: ValueType?, _ type: ValueType) -> ValueType {
    guard let previous else { return type }
    guard substitution.isAssignable(previous, type) else { return .dyn }
    return Substitution.moreGeneral(previous, type)
  }

  mutating func unwrapOptional(_ type: ValueType, _ expression: Expression) -> ValueType {
    switch substitution.resolve(type) {
    case .optional(let wrapped): return wrapped
    case .dyn, .parameter: return .dyn
    default:
      report("expected an optional, found \(shown(type))", at: expression)
      return .dyn
    }
  }

  private mutating func checkMessage(_ expression: Expression, _ name: String) -> ValueType {
    report("there is no message type '\(name)'", at: expression)
    return .dyn
  }

  private mutating func checkBind(_ name: String, _ value: Expression, _ body: Expression)
    -> ValueType
  {
    let type = check(value)
    return with([(name, type)]) { $0.check(body) }
  }

  private mutating func checkOptionalMap(
    _ name: String, _ target: Expression, _ body: Expression, isFlat: Bool
  ) -> ValueType {
    let type = check(target)
    let wrapped = unwrapOptional(type, target)
    let result = with([(name, wrapped)]) { $0.check(body) }
    return .optional(isFlat ? unwrapOptional(result, body) : result)
  }

  private mutating func checkBlock(_ values: [Expression], _ body: Expression) -> ValueType {
    var variables: [(name: String, type: ValueType)] = []
    for (index, value) in values.enumerated() {
      let type = with(variables) { $0.check(value) }
      variables.append(("@index\(index)", type))
    }
    return with(variables) { $0.check(body) }
  }
}

extension Expression.Literal {
  var type: ValueType {
    switch self {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .string: .string
    case .bytes: .bytes
    }
  }
}
