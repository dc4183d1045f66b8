/// Macros over lists and maps: langdef, "Macros".
extension Checker {
  mutating func checkComprehension(_ comprehension: Expression.Comprehension) -> ValueType {
    let range = substitution.resolve(check(comprehension.range))
    let variables = variableTypes(of: range, comprehension)
    let named = Array(zip(comprehension.variables, variables)).map { (name: $0.0, type: $0.1) }
    return with(named) { checker in
      if let filter = comprehension.filter { checker.expectBool(filter, comprehension) }
      switch comprehension.macro {
      case .all, .exists, .existsOne:
        checker.expectBool(comprehension.body, comprehension)
        return .bool
      case .filter:
        checker.expectBool(comprehension.body, comprehension)
        return .list(variables[0])
      case .map, .transformList: return .list(checker.check(comprehension.body))
      case .transformMap: return .map(variables[0], checker.check(comprehension.body))
      case .transformMapEntry: return checker.checkEntry(comprehension.body)
      case .sortBy:
        _ = checker.check(comprehension.body)
        return .list(variables[0])
      }
    }
  }

  private mutating func expectBool(
    _ expression: Expression, _ comprehension: Expression.Comprehension
  ) {
    let type = check(expression)
    if !substitution.isAssignable(type, .bool) {
      report(
        "the condition of '\(comprehension.macro.rawValue)' is bool, not \(shown(type))",
        at: expression)
    }
  }

  private mutating func checkEntry(_ body: Expression) -> ValueType {
    let type = substitution.resolve(check(body))
    switch type {
    case .map: return type
    case .dyn, .parameter: return .map(.dyn, .dyn)
    default:
      report("'transformMapEntry' makes maps, not \(shown(type))", at: body)
      return .map(.dyn, .dyn)
    }
  }

  private mutating func variableTypes(
    of range: ValueType, _ comprehension: Expression.Comprehension
  ) -> [ValueType] {
    let hasTwo = comprehension.variables.count == 2
    switch range {
    case .list(let element): return hasTwo ? [.int, element] : [element]
    case .map(let key, let value) where comprehension.macro != .sortBy:
      return hasTwo ? [key, value] : [key]
    case .dyn: break
    case .parameter: _ = substitution.isAssignable(.dyn, range)
    default:
      report(
        "'\(comprehension.macro.rawValue)' goes over a list or a map, not \(shown(range))",
        at: comprehension.range)
    }
    return [.dyn, .dyn]
  }
}
