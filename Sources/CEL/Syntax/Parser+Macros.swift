/// Calls that are macros: langdef, "Macros", and the extension libraries' macros.
extension Parser {
  /// A call, or the macro that is spelled so.
  mutating func call(
    _ name: String, target: Expression?, _ arguments: [Expression], at token: Token
  ) throws(SyntaxFault) -> Expression {
    if let macro = try macro(name, target: target, arguments, at: token) { return macro }
    return try node(
      .call(name, target: target, arguments), at: token,
      over: (target.map { [$0] } ?? []) + arguments)
  }

  private mutating func macro(
    _ name: String, target: Expression?, _ arguments: [Expression], at token: Token
  ) throws(SyntaxFault) -> Expression? {
    guard let target else {
      return name == "has" && arguments.count == 1 ? try has(arguments[0], at: token) : nil
    }
    if case .identifier("cel", isAbsolute: false) = target.kind {
      return try celMacro(name, arguments, at: token)
    }
    if libraries.contains(.optionals), arguments.count == 2,
      name == "optMap" || name == "optFlatMap"
    {
      return try node(
        .optionalMap(
          try variable(arguments[0]), target, arguments[1], isFlat: name == "optFlatMap"),
        at: token, over: [target] + arguments)
    }
    return try comprehension(name, over: target, arguments, at: token)
  }

  private mutating func has(_ argument: Expression, at token: Token) throws(SyntaxFault)
    -> Expression
  {
    guard case .select(let operand, let field, let isOptional) = argument.kind else {
      throw SyntaxFault(
        message: "has() takes a field selection such as 'a.b'", offset: argument.offset,
        length: argument.length)
    }
    return try node(
      .has(operand, field: field, isOptional: isOptional), at: token, over: [operand])
  }

  private mutating func comprehension(
    _ name: String, over range: Expression, _ arguments: [Expression], at token: Token
  ) throws(SyntaxFault) -> Expression? {
    let shape: (macro: Expression.Comprehension.Macro, variables: Int, hasFilter: Bool)
    let hasTwo = libraries.contains(.comprehensions)
    switch (name, arguments.count) {
    case ("all", 2): shape = (.all, 1, false)
    case ("exists", 2): shape = (.exists, 1, false)
    case ("exists_one", 2), ("existsOne", 2): shape = (.existsOne, 1, false)
    case ("map", 2): shape = (.map, 1, false)
    case ("map", 3): shape = (.map, 1, true)
    case ("filter", 2): shape = (.filter, 1, false)
    case ("sortBy", 2) where libraries.contains(.lists): shape = (.sortBy, 1, false)
    case ("all", 3) where hasTwo: shape = (.all, 2, false)
    case ("exists", 3) where hasTwo: shape = (.exists, 2, false)
    case ("existsOne", 3) where hasTwo, ("exists_one", 3) where hasTwo:
      shape = (.existsOne, 2, false)
    case ("transformList", 3) where hasTwo: shape = (.transformList, 2, false)
    case ("transformList", 4) where hasTwo: shape = (.transformList, 2, true)
    case ("transformMap", 3) where hasTwo: shape = (.transformMap, 2, false)
    case ("transformMap", 4) where hasTwo: shape = (.transformMap, 2, true)
    case ("transformMapEntry", 3) where hasTwo: shape = (.transformMapEntry, 2, false)
    case ("transformMapEntry", 4) where hasTwo: shape = (.transformMapEntry, 2, true)
    default: return nil
    }
    var variables: [String] = []
    for argument in arguments.prefix(shape.variables) {
      let variable = try variable(argument)
      guard !variables.contains(variable) else {
        throw SyntaxFault(
          message: "'\(variable)' names both variables", offset: argument.offset,
          length: argument.length)
      }
      variables.append(variable)
    }
    let comprehension = Expression.Comprehension(
      macro: shape.macro, range: range, variables: variables,
      filter: shape.hasFilter ? arguments[shape.variables] : nil,
      body: arguments[arguments.count - 1])
    return try node(.comprehension(comprehension), at: token, over: [range] + arguments)
  }

  /// `cel.bind(name, value, result)`, and the optimizers' block macros.
  private mutating func celMacro(
    _ name: String, _ arguments: [Expression], at token: Token
  ) throws(SyntaxFault) -> Expression? {
    switch (name, arguments.count) {
    case ("bind", 3) where libraries.contains(.bindings):
      return try node(
        .bind(try variable(arguments[0]), arguments[1], arguments[2]), at: token, over: arguments)
    case ("block", 2) where libraries.contains(.block):
      guard case .list(let elements) = arguments[0].kind, elements.allSatisfy({ !$0.isOptional })
      else { throw malformed("cel.block() takes a list and an expression", arguments[0]) }
      return try node(.block(elements.map(\.value), arguments[1]), at: token, over: arguments)
    case ("index", 1) where libraries.contains(.block):
      return try node(
        .identifier("@index\(try number(arguments[0]))", isAbsolute: false), at: token)
    case ("iterVar", 2) where libraries.contains(.block):
      let name = "@it:\(try number(arguments[0])):\(try number(arguments[1]))"
      return try node(.identifier(name, isAbsolute: false), at: token)
    case ("accuVar", 2) where libraries.contains(.block):
      let name = "@ac:\(try number(arguments[0])):\(try number(arguments[1]))"
      return try node(.identifier(name, isAbsolute: false), at: token)
    default: return nil
    }
  }

  private func number(_ expression: Expression) throws(SyntaxFault) -> Int64 {
    guard case .literal(.int(let value)) = expression.kind, value >= 0 else {
      throw malformed("expected an index from 0", expression)
    }
    return value
  }

  private func variable(_ expression: Expression) throws(SyntaxFault) -> String {
    guard case .identifier(let name, isAbsolute: false) = expression.kind else {
      throw malformed("a macro's variable is a simple name", expression)
    }
    return name
  }

  private func malformed(_ message: String, _ expression: Expression) -> SyntaxFault {
    SyntaxFault(message: message, offset: expression.offset, length: expression.length)
  }
}
