/// Numbers expressions so that equal ones, read through names and whatever their spelling, have the same
/// number.
///
/// What only guards against absence is left out: `x.?y.orValue(false)` is `x.y`. Each expression is
/// numbered by its operator and its parts' numbers, so that names that stand for long expressions cost
/// nothing.
struct ExpressionKeys {
  /// What a name means inside an expression.
  indirect enum Meaning {
    /// The variable of a macro, by how many macros it is in.
    case element(level: Int)
    case expression(Expression, [String: Meaning])
  }

  typealias Names = [String: Meaning]

  private let sources: [String: String]
  private let parse: (String) -> Expression?
  /// What has been read of the named expressions.
  private var named: [String: Expression] = [:]
  private var numbers: [String: Int] = [:]
  private var known: [String: Int] = [:]
  private var open: Set<String> = []

  /// - Parameter sources: What qualified names stand for; read when they are met.
  init(sources: [String: String], parse: @escaping (String) -> Expression?) {
    self.sources = sources
    self.parse = parse
  }

  /// The expression that a name stands for, with what its own names mean.
  mutating func meaning(of expression: Expression, _ names: Names) -> (Expression, Names)? {
    guard let (name, isAbsolute) = expression.qualifiedName else { return nil }
    if !isAbsolute, case .expression(let value, let inner)? = names[name] { return (value, inner) }
    if let leading = expression.leadingIdentifier, names[leading] != nil { return nil }
    if let known = named[name] { return (known, [:]) }
    guard let parsed = sources[name].flatMap(parse) else { return nil }
    named[name] = parsed
    return (parsed, [:])
  }

  mutating func key(of expression: Expression, _ names: Names = [:], level: Int = 0) -> Int {
    if let (value, inner) = meaning(of: expression, names) {
      guard let name = expression.qualifiedName?.name, inner.isEmpty, names[name] == nil else {
        return key(of: value, inner, level: level)
      }
      if let number = known[name] { return number }
      guard open.insert(name).inserted else { return number("cycle", name) }
      defer { open.remove(name) }
      let result = key(of: value, inner, level: 0)
      known[name] = result
      return result
    }
    switch expression.kind {
    case .literal(let literal): return number("literal", "\(literal)")
    case .identifier(let name, _):
      if case .element(let level)? = names[name] { return number("element", String(level)) }
      return number("name", name)
    case .select(let operand, let field, _):
      return number("select", field, [key(of: operand, names, level: level)])
    case .has(let operand, let field, _):
      return number("has", field, [key(of: operand, names, level: level)])
    case .index(let operand, let index, _):
      let parts = [
        key(of: operand, names, level: level), key(of: index, names, level: level),
      ]
      if case .literal(.string(let field)) = index.kind {
        return number("select", field, [parts[0]])
      }
      return number("index", "", parts)
    case .call(let name, let target, let arguments):
      if let target,
        name == "orValue" && arguments.count == 1 || name == "value" && arguments.isEmpty
      {
        return key(of: target, names, level: level)
      }
      // x.size() is size(x).
      let parts = (target.map { [$0] } ?? []) + arguments
      return number("call", name, parts.map { key(of: $0, names, level: level) })
    case .logical(let symbol, let operands):
      return number(
        "logical", symbol.rawValue, operands.map { key(of: $0, names, level: level) })
    case .conditional(let condition, let yes, let no):
      return number(
        "conditional", "", [condition, yes, no].map { key(of: $0, names, level: level) })
    case .list(let elements):
      return number(
        "list", elements.map { $0.isOptional ? "?" : "." }.joined(),
        elements.map { key(of: $0.value, names, level: level) })
    case .map(let entries):
      return number(
        "map", entries.map { $0.isOptional ? "?" : "." }.joined(),
        entries.flatMap {
          [key(of: $0.key, names, level: level), key(of: $0.value, names, level: level)]
        })
    case .message(let name): return number("message", name)
    case .comprehension(let macro): return key(of: macro, names, level: level)
    case .bind(let name, let value, let body):
      return key(of: body, names.adding(name, .expression(value, names)), level: level)
    case .optionalMap(let name, let target, let body, let isFlat):
      let inner = names.adding(name, .element(level: level))
      return number(
        "optional", isFlat ? "flat" : "",
        [key(of: target, names, level: level), key(of: body, inner, level: level + 1)])
    case .block(let values, let body):
      return number("block", "", (values + [body]).map { key(of: $0, names, level: level) })
    }
  }

  /// The number of a macro over a range that has a number.
  mutating func key(_ macro: Expression.Comprehension.Macro, over range: Int, body: Int) -> Int {
    number(macro.rawValue, "1", [range, body])
  }

  private mutating func key(
    of macro: Expression.Comprehension, _ names: Names, level: Int
  ) -> Int {
    let range = key(of: macro.range, names, level: level)
    let inner = names.binding(macro.variables, level: level)
    var parts = [range]
    if let filter = macro.filter { parts.append(key(of: filter, inner, level: level + 1)) }
    parts.append(key(of: macro.body, inner, level: level + 1))
    return number(macro.macro.rawValue, String(macro.variables.count), parts)
  }

  private mutating func number(_ kind: String, _ detail: String, _ parts: [Int] = []) -> Int {
    let text = "\(kind) \(parts.map(String.init).joined(separator: ",")) \(detail)"
    if let number = numbers[text] { return number }
    numbers[text] = numbers.count
    return numbers.count - 1
  }
}

extension [String: ExpressionKeys.Meaning] {
  func adding(_ name: String, _ meaning: ExpressionKeys.Meaning) -> Self {
    var result = self
    result[name] = meaning
    return result
  }

  /// With the variables of a macro.
  func binding(_ variables: [String], level: Int) -> Self {
    var result = self
    for (index, name) in variables.enumerated() {
      result[name] = .element(level: level * 2 + index)
    }
    return result
  }
}
