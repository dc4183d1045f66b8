/// Walks a condition and notes what it asks of each subject.
struct DemandFinder {
  /// What one part of a condition asks, by subject.
  struct Findings {
    var demands: [String: Demand] = [:]
    /// Whether the part can't be true.
    var isNever = false
  }

  typealias Names = ExpressionKeys.Names

  private let environment: Environment
  private let isConstant: (String) -> Bool
  private var keys: ExpressionKeys
  /// Subjects by the numbers of their expressions.
  private var subjects: [Int: [String]] = [:]
  /// Subjects that list what another expression lists, an entry for each element.
  private var lists: [Int: [String]] = [:]
  /// Conditions may name much; what is read of them is bounded.
  private var steps = 20_000

  init(
    environment: Environment, named: [String: String], isConstant: @escaping (String) -> Bool
  ) {
    self.environment = environment
    self.isConstant = isConstant
    keys = ExpressionKeys(sources: named, parse: environment.parsed)
  }

  mutating func demands(
    of condition: String, on subjects: [(name: String, source: String)]
  ) -> [String: Demand] {
    guard let condition = environment.parsed(condition) else { return [:] }
    for (name, source) in subjects {
      guard let expression = environment.parsed(source) else { continue }
      self.subjects[keys.key(of: expression), default: []].append(name)
      let (value, names) = resolved(expression, [:])
      lists[keys.key(of: value, names), default: []].append(name)
      if case .comprehension(let macro) = value.kind, macro.macro == .map, macro.filter == nil {
        lists[keys.key(of: macro.range, names), default: []].append(name)
      }
    }
    return find(condition, [:], isAsked: true, level: 0).demands
  }

  private mutating func resolved(_ expression: Expression, _ names: Names) -> (Expression, Names) {
    var result = (expression, names)
    for _ in 0..<100 {
      guard let next = keys.meaning(of: result.0, result.1) else { break }
      result = next
    }
    return result
  }

  /// - Parameter isAsked: Whether the expression is to be true, or false.
  private mutating func find(
    _ expression: Expression, _ names: Names, isAsked: Bool, level: Int
  ) -> Findings {
    steps -= 1
    guard steps > 0 else { return Findings() }
    var found = parts(of: expression, names, isAsked: isAsked, level: level)
    let own = subjects[keys.key(of: expression, names, level: level)] ?? []
    for name in own {
      if let value = constant(isAsked) { found.demands[name] = .value(.equal, value) }
    }
    return found
  }

  private mutating func parts(
    of expression: Expression, _ names: Names, isAsked: Bool, level: Int
  ) -> Findings {
    if let (value, inner) = keys.meaning(of: expression, names) {
      return find(value, inner, isAsked: isAsked, level: level)
    }
    switch expression.kind {
    case .literal(.bool(let value)): return Findings(isNever: value != isAsked)
    case .bind(let name, let value, let body):
      return find(
        body, names.adding(name, .expression(value, names)), isAsked: isAsked, level: level)
    case .logical(let symbol, let operands):
      let found = operands.map { find($0, names, isAsked: isAsked, level: level) }
      return (symbol == .and) == isAsked ? Self.all(found) : Self.any(found)
    case .conditional(let condition, let yes, let no):
      return Self.any([
        Self.all([
          find(condition, names, isAsked: true, level: level),
          find(yes, names, isAsked: isAsked, level: level),
        ]),
        Self.all([
          find(condition, names, isAsked: false, level: level),
          find(no, names, isAsked: isAsked, level: level),
        ]),
      ])
    case .has(let operand, let field, let isOptional):
      let selection = Expression(
        kind: .select(operand, field: field, isOptional: isOptional), offset: expression.offset,
        length: expression.length, id: expression.id, height: expression.height,
        count: expression.count)
      let name = subjects[keys.key(of: selection, names, level: level)] ?? []
      return Findings(
        demands: Dictionary(
          name.map { ($0, isAsked ? .present : .absent) }, uniquingKeysWith: { first, _ in first }))
    case .call("!_", nil, let operands) where operands.count == 1:
      return find(operands[0], names, isAsked: !isAsked, level: level)
    case .call(let name, nil, let operands) where operands.count == 2:
      guard let relation = Self.relations[name] else { return Findings() }
      return compare(
        operands[0], isAsked ? relation : relation.opposite, operands[1], names, level: level)
    case .comprehension(let macro):
      return find(macro, names, isAsked: isAsked, level: level)
    default: return Findings()
    }
  }

  private static let relations: [String: Demand.Relation] = [
    "_==_": .equal, "_!=_": .notEqual, "_<_": .less, "_<=_": .atMost, "_>_": .more,
    "_>=_": .atLeast, "@in": .oneOf,
  ]

  // MARK: Comparisons

  private mutating func compare(
    _ left: Expression, _ relation: Demand.Relation, _ right: Expression, _ names: Names, level: Int
  ) -> Findings {
    if let operand = constant(right, names) {
      if relation == .equal || relation == .notEqual,
        case .literal(.bool(let value)) = resolved(right, names).0.kind
      {
        let asked = (relation == .equal) == value
        var found = find(left, names, isAsked: asked, level: level)
        found.demands.merge(note(left, relation, operand, names, level: level)) { first, _ in first
        }
        return found
      }
      return Findings(demands: note(left, relation, operand, names, level: level))
    }
    guard let operand = constant(left, names) else { return Findings() }
    let mirrored: Demand.Relation =
      switch relation {
      case .oneOf: .holding
      case .noneOf: .notHolding
      default: relation.mirrored
      }
    return Findings(demands: note(right, mirrored, operand, names, level: level))
  }

  /// Notes a comparison for the subjects that the expression is, or is a plain conversion or the size of.
  private mutating func note(
    _ expression: Expression, _ relation: Demand.Relation, _ operand: Program, _ names: Names,
    level: Int
  ) -> [String: Demand] {
    var result: [String: Demand] = [:]
    let demand = Demand.value(relation, operand)
    var (value, inner) = (expression, names)
    for _ in 0..<10 {
      for name in subjects[keys.key(of: value, inner, level: level)] ?? [] { result[name] = demand }
      (value, inner) = resolved(value, inner)
      guard case .call(let function, let target, let arguments) = value.kind else { break }
      if function == "size", let list = target ?? arguments.first,
        (target == nil ? 1 : 0) == arguments.count
      {
        for name in lists[keys.key(of: list, inner, level: level)] ?? [] where result[name] == nil {
          result[name] = .size(demand)
        }
        break
      }
      guard let argument = Self.converted(function, target, arguments) else { break }
      value = argument
    }
    return result
  }

  /// What a conversion is given.
  private static func converted(
    _ function: String, _ target: Expression?, _ arguments: [Expression]
  ) -> Expression? {
    if function == "orValue" || function == "value" { return target }
    if let target, case .identifier("iso8601", _) = target.kind { return arguments.first }
    switch function {
    case "lowerAscii", "upperAscii", "trim": return target
    case "int", "uint", "double", "string", "bool", "duration", "timestamp":
      return target == nil && arguments.count == 1 ? arguments[0] : nil
    default: return nil
    }
  }

  // MARK: Lists

  private mutating func find(
    _ macro: Expression.Comprehension, _ names: Names, isAsked: Bool, level: Int
  ) -> Findings {
    guard macro.macro == .all || macro.macro == .exists, macro.variables.count == 1 else {
      return Findings()
    }
    // All but of what is not so: none may be.
    let isEach = (macro.macro == .all) == isAsked
    let inner = names.binding(macro.variables, level: level)
    let range = keys.key(of: macro.range, names, level: level)
    let found = elements(of: range, macro.body, inner, isAsked: isAsked, level: level + 1)
    var result: [String: Demand] = found.demands.mapValues { isEach ? .each($0) : .some($0) }
    // Subjects that list the elements that the macro asks for, or forbids.
    let chosen = keys.key(
      .filter, over: range, body: keys.key(of: macro.body, inner, level: level + 1))
    if macro.macro == .exists, let none = constant(0) {
      for name in lists[chosen] ?? [] where result[name] == nil {
        result[name] = .size(.value(isAsked ? .more : .equal, none))
      }
    }
    return Findings(demands: result)
  }

  /// What the body of a macro asks of subjects that list one value of each element of its range:
  /// `range.map(e, value)`.
  private mutating func elements(
    of range: Int, _ body: Expression, _ names: Names, isAsked: Bool, level: Int
  ) -> Findings {
    let whole = (subjects: subjects, lists: lists)
    defer { (subjects, lists) = whole }
    subjects = [:]
    lists = [:]
    for part in Self.parts(of: body) {
      let number = keys.key(of: part, names, level: level)
      if let listing = whole.subjects[keys.key(.map, over: range, body: number)] {
        subjects[number] = listing
      }
    }
    guard !subjects.isEmpty else { return Findings() }
    return find(body, names, isAsked: isAsked, level: level)
  }

  /// An expression and everything in it that is compared or is a condition.
  private static func parts(of expression: Expression) -> [Expression] {
    switch expression.kind {
    case .logical(_, let operands): [expression] + operands.flatMap(parts)
    case .conditional(let condition, let yes, let no):
      [expression] + [condition, yes, no].flatMap(parts)
    case .call(_, let target, let arguments):
      [expression] + ((target.map { [$0] } ?? []) + arguments).flatMap(parts)
    case .bind(_, let value, let body): [expression] + parts(of: value) + parts(of: body)
    default: [expression]
    }
  }

  // MARK: Joining

  private static func all(_ parts: [Findings]) -> Findings {
    if parts.contains(where: \.isNever) { return Findings(isNever: true) }
    var result = Findings()
    for name in Set(parts.flatMap(\.demands.keys)) {
      let demands = parts.compactMap { $0.demands[name] }
      result.demands[name] = demands.count == 1 ? demands[0] : .all(demands)
    }
    return result
  }

  private static func any(_ parts: [Findings]) -> Findings {
    let possible = parts.filter { !$0.isNever }
    guard possible.count > 1 else { return possible.first ?? Findings(isNever: true) }
    var result = Findings()
    for name in Set(possible.flatMap(\.demands.keys)) {
      let demands = possible.compactMap { $0.demands[name] }
      result.demands[name] = .any(demands, isOpen: demands.count < possible.count)
    }
    return result
  }

  // MARK: Constants

  private mutating func constant(_ expression: Expression, _ names: Names) -> Program? {
    let (value, inner) = resolved(expression, names)
    let isFree = inner.isEmpty
    guard let program = environment.part(isFree ? value : expression),
      program.variables.allSatisfy(isConstant)
    else { return nil }
    return program
  }

  private func constant(_ value: Bool) -> Program? { constant(.bool(value)) }
  private func constant(_ value: Int64) -> Program? { constant(.int(value)) }

  private func constant(_ literal: Expression.Literal) -> Program? {
    environment.part(
      Expression(kind: .literal(literal), offset: 0, length: 0, id: 0, height: 1, count: 1))
  }
}
