internal import Text

/// Variables, fields and indices.
extension Checker {
  /// An identifier or a chain of selections: the longest prefix that is a declared variable, then fields of it.
  mutating func checkName(_ expression: Expression) -> ValueType {
    if let type = declared(expression) { return type }
    switch expression.kind {
    case .select(let operand, let field, let isOptional):
      // A declared prefix of the chain, else nothing of it is declared and the whole chain is the fault.
      if let (name, isAbsolute) = expression.qualifiedName, !hasDeclaredPrefix(operand) {
        reportUndeclared(name, isAbsolute: isAbsolute, at: expression)
        return .dyn
      }
      return fieldType(of: operand, named: field, isOptional: isOptional, at: expression)
    case .identifier(let name, let isAbsolute):
      reportUndeclared(name, isAbsolute: isAbsolute, at: expression)
      return .dyn
    default: return .dyn
    }
  }

  /// The type of a name that as a whole is a variable or a type; nil for anything else.
  private func declared(_ expression: Expression) -> ValueType? {
    guard let (name, isAbsolute) = expression.qualifiedName else { return nil }
    if !isAbsolute, let leading = expression.leadingIdentifier, let type = local(leading) {
      return leading == name ? type : nil
    }
    if let found = environment.variable(name, isAbsolute: isAbsolute) { return found.variable.type }
    return environment.typeDenoted(by: name, isAbsolute: isAbsolute).map { .type($0) }
  }

  private func hasDeclaredPrefix(_ expression: Expression) -> Bool {
    if declared(expression) != nil { return true }
    if case .select(let operand, _, isOptional: false) = expression.kind {
      return hasDeclaredPrefix(operand)
    }
    return false
  }

  private mutating func reportUndeclared(
    _ name: String, isAbsolute: Bool, at expression: Expression
  ) {
    // Of `parameters.minimumLenght.x` the part as long as the declared names of that family is the fault.
    let parts = name.split(separator: ".").map(String.init)
    let family = environment.variables.keys.filter { $0.hasPrefix(parts[0] + ".") }
    let length = family.map { $0.split(separator: ".").count }.max() ?? 1
    let shown = parts.prefix(max(1, length)).joined(separator: ".")
    let candidates = scopes.map(\.name) + environment.variables.keys
    // The chain from its last part to its first.
    var chain = [expression]
    while case .select(let operand, _, _) = chain[chain.count - 1].kind { chain.append(operand) }
    let first = chain[chain.count - 1]
    let last = chain[max(0, chain.count - max(1, length))]
    report(
      "undeclared reference to '\(shown)'", offset: first.offset,
      length: last.offset + last.length - first.offset,
      suggestion: Suggestion.closest(to: shown, among: candidates, isShort: true))
  }

  private mutating func fieldType(
    of operand: Expression, named field: String, isOptional: Bool, at expression: Expression
  ) -> ValueType {
    let type = substitution.resolve(check(operand))
    var target = type
    var isWrapped = false
    if case .optional(let wrapped) = type {
      target = substitution.resolve(wrapped)
      isWrapped = true
    }
    let result: ValueType
    switch target {
    case .map(_, let value): result = value
    case .parameter:
      _ = substitution.isAssignable(.dyn, target)
      result = .dyn
    case .dyn: result = .dyn
    default:
      report("a value of type \(shown(target)) has no field '\(field)'", at: expression)
      result = .dyn
    }
    return isWrapped || isOptional ? .optional(result) : result
  }

  mutating func checkHas(
    _ expression: Expression, _ operand: Expression, _ field: String, isOptional: Bool
  ) -> ValueType {
    _ = fieldType(of: operand, named: field, isOptional: isOptional, at: expression)
    return .bool
  }

  mutating func checkIndex(
    _ expression: Expression, _ operand: Expression, _ index: Expression, isOptional: Bool
  ) -> ValueType {
    let types = [check(operand), check(index)]
    let overloads = isOptional ? Self.optionalIndexOverloads : Self.indexOverloads
    if let result = resolve(overloads, types, isMember: false) { return result }
    report(
      "a value of type \(shown(types[0])) can't be indexed by \(shown(types[1]))", at: expression)
    return .dyn
  }

  private static let indexOverloads = [
    Overload("(list(A), int) -> A"), Overload("(map(A, B), A) -> B"),
    Overload("(optional_type(list(A)), int) -> optional_type(A)"),
    Overload("(optional_type(map(A, B)), A) -> optional_type(B)"),
  ]

  private static let optionalIndexOverloads = [
    Overload("(list(A), int) -> optional_type(A)"), Overload("(map(A, B), A) -> optional_type(B)"),
    Overload("(optional_type(list(A)), int) -> optional_type(A)"),
    Overload("(optional_type(map(A, B)), A) -> optional_type(B)"),
  ]
}
