internal import Text

/// Calls: which overloads take the arguments, and what they give.
extension Checker {
  mutating func checkCall(
    _ expression: Expression, _ name: String, _ target: Expression?, _ arguments: [Expression]
  ) -> ValueType {
    if let target, let qualified = qualifiedFunction(name, target) {
      return checkFunction(
        expression, qualified.name, qualified.function, arguments, isMember: false)
    }
    guard let found = environment.function(name, isMember: target != nil) else {
      for argument in (target.map { [$0] } ?? []) + arguments { _ = check(argument) }
      reportUndeclared(function: name, target: target, at: expression)
      return .dyn
    }
    return checkFunction(
      expression, found.name, found.function, (target.map { [$0] } ?? []) + arguments,
      isMember: target != nil)
  }

  /// `math.greatest(…)`: a target that is no variable but the namespace of a function.
  func qualifiedFunction(
    _ name: String, _ target: Expression
  ) -> (name: String, function: Environment.Function)? {
    guard let (namespace, isAbsolute) = target.qualifiedName else { return nil }
    if let leading = target.leadingIdentifier, local(leading) != nil { return nil }
    return environment.function("\(isAbsolute ? "." : "")\(namespace).\(name)", isMember: false)
  }

  private mutating func checkFunction(
    _ expression: Expression, _ name: String, _ function: Environment.Function,
    _ arguments: [Expression], isMember: Bool
  ) -> ValueType {
    let types = arguments.map { check($0) }
    if name == "math.greatest" || name == "math.least" {
      if let result = extremeType(types) { return result }
    } else if let result = resolve(function.overloads, types, isMember: isMember) {
      return result
    }
    reportNoOverload(expression, name, function, types, isMember: isMember)
    return .dyn
  }

  private mutating func reportNoOverload(
    _ expression: Expression, _ name: String, _ function: Environment.Function,
    _ types: [ValueType],
    isMember: Bool
  ) {
    let shownTypes = types.map { shown($0) }
    let applied =
      isMember
      ? "\(shownTypes[0]).(\(shownTypes.dropFirst().joined(separator: ", ")))"
      : "(\(shownTypes.joined(separator: ", ")))"
    let counts = Set(
      function.overloads.filter { $0.isMember == isMember }
        .map { $0.parameters.count - (isMember ? 1 : 0) })
    let given = types.count - (isMember ? 1 : 0)
    let expected =
      counts.count == 1 && !counts.contains(given) && !name.contains("_")
      ? "; it takes \(counts.first ?? 0) argument\(counts == [1] ? "" : "s")" : ""
    report(
      "found no matching overload for '\(Self.shownName(name))' applied to '\(applied)'\(expected)",
      at: expression)
  }

  /// An operator as it is written.
  private static func shownName(_ name: String) -> String {
    name == "@in" ? "in" : name.hasSuffix("_") ? name.replacing("_", with: "") : name
  }

  private mutating func reportUndeclared(
    function name: String, target: Expression?, at expression: Expression
  ) {
    var shown = name
    var candidates = environment.functionNames(isMember: target != nil)
    if let target, let (namespace, _) = target.qualifiedName {
      // `math.abz(1)`: a namespace, not a variable.
      let global = environment.functionNames(isMember: false)
      if global.contains(where: { $0.hasPrefix(namespace + ".") }) {
        shown = "\(namespace).\(name)"
        candidates = global
        issues.removeAll {
          $0.offset == target.offset && $0.message.hasPrefix("undeclared reference")
        }
      }
    }
    report(
      "undeclared function '\(shown)'", at: expression,
      suggestion: Suggestion.closest(to: shown, among: candidates, isShort: true))
  }

  /// What the overloads that take the arguments give; `dyn` when they differ, nil when there is none.
  mutating func resolve(_ overloads: [Overload], _ arguments: [ValueType], isMember: Bool)
    -> ValueType?
  {
    var result: ValueType?
    for overload in overloads
    where overload.isMember == isMember && overload.parameters.count == arguments.count {
      let fresh = Dictionary(
        uniqueKeysWithValues: overload.typeParameters.map { ($0, substitution.fresh()) })
      let parameters = overload.parameters.map { Self.instantiate($0, fresh) }
      guard substitution.areAssignable(arguments, parameters) else { continue }
      let type = substitution.resolve(Self.instantiate(overload.result, fresh))
      if let known = result {
        if known != .dyn, known != type { result = .dyn }
      } else {
        result = type
      }
    }
    return result
  }

  private static func instantiate(_ type: ValueType, _ fresh: [String: ValueType]) -> ValueType {
    if fresh.isEmpty { return type }
    if case .parameter(let name) = type { return fresh[name] ?? type }
    return type.replacingParameters { instantiate($0, fresh) }
  }

  /// `math.greatest` and `math.least` take numbers of any types, or one list of them.
  private mutating func extremeType(_ types: [ValueType]) -> ValueType? {
    var numbers = types.map { substitution.resolve($0) }
    if numbers.count == 1, case .list(let element) = numbers[0] {
      numbers = [substitution.resolve(element)]
    }
    for number in numbers {
      switch number {
      case .int, .uint, .double, .dyn: continue
      default: return nil
      }
    }
    return numbers.allSatisfy { $0 == numbers[0] } ? numbers.first : .dyn
  }
}
