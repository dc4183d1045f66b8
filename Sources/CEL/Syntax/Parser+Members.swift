/// Selection, calls, indexing and primaries.
extension Parser {
  /// `Member = Primary | Member "." SELECTOR ["(" [ExprList] ")"] | Member "[" Expr "]"`
  mutating func member() throws(SyntaxFault) -> Expression {
    try member(after: try primary())
  }

  mutating func member(after first: Expression) throws(SyntaxFault) -> Expression {
    var operand = first
    while true {
      if take(.dot) {
        operand = try selection(from: operand)
      } else if isAt(.leftBracket) {
        let token = current
        advance()
        let isOptional = try takeOptionalMark()
        let index = try expression()
        try expect(.rightBracket)
        operand = try node(
          .index(operand, index, isOptional: isOptional), at: token, over: [operand, index])
      } else {
        return operand
      }
    }
  }

  private mutating func takeOptionalMark() throws(SyntaxFault) -> Bool {
    let token = current
    guard take(.question) else { return false }
    guard libraries.contains(.optionals) else {
      throw SyntaxFault(
        message: "optional syntax needs the optionals library", offset: token.offset, length: 1)
    }
    return true
  }

  private mutating func selection(from operand: Expression) throws(SyntaxFault) -> Expression {
    let isOptional = try takeOptionalMark()
    let token = current
    let name: String
    switch token.kind {
    case .identifier(let identifier):
      advance()
      if !isOptional, take(.leftParenthesis) {
        let arguments = try expressions(until: .rightParenthesis)
        return try call(identifier, target: operand, arguments, at: token)
      }
      name = identifier
    case .quoted(let quoted):
      advance()
      name = quoted
    default:
      throw unexpected(expected: "a field's name")
    }
    return try node(
      .select(operand, field: name, isOptional: isOptional), at: token, over: [operand])
  }

  private mutating func expressions(until end: Token.Symbol) throws(SyntaxFault) -> [Expression] {
    var result: [Expression] = []
    if take(end) { return result }
    repeat { result.append(try expression()) } while take(.comma)
    try expect(end)
    return result
  }

  private mutating func primary() throws(SyntaxFault) -> Expression {
    let token = current
    switch token.kind {
    case .literal(let literal):
      advance()
      return try node(.literal(literal), at: token)
    case .integer(let value):
      advance()
      guard let exact = Int64(exactly: value) else {
        throw SyntaxFault(
          message: "the integer does not fit in 64 bits", offset: token.offset, length: token.length
        )
      }
      return try node(.literal(.int(exact)), at: token)
    case .symbol(.leftParenthesis):
      advance()
      let inner = try expression()
      try expect(.rightParenthesis)
      return inner
    case .symbol(.leftBracket):
      return try list()
    case .symbol(.leftBrace):
      return try map()
    case .symbol(.dot):
      advance()
      return try identifier(isAbsolute: true)
    case .identifier:
      return try identifier(isAbsolute: false)
    default:
      throw unexpected(expected: "an expression")
    }
  }

  private mutating func identifier(isAbsolute: Bool) throws(SyntaxFault) -> Expression {
    let token = current
    guard case .identifier(let name) = token.kind else {
      throw unexpected(expected: "a name")
    }
    guard !Self.reserved.contains(name) else {
      throw SyntaxFault(
        message: "'\(name)' is a reserved word", offset: token.offset, length: token.length)
    }
    if let message = try messageLiteral() { return message }
    advance()
    if take(.leftParenthesis) {
      let arguments = try expressions(until: .rightParenthesis)
      return try call(isAbsolute ? ".\(name)" : name, target: nil, arguments, at: token)
    }
    return try node(.identifier(name, isAbsolute: isAbsolute), at: token)
  }

  /// langdef, "Syntax": words that are kept for host languages.
  static let reserved: Set<String> = [
    "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
    "package", "namespace", "return", "var", "void", "while",
  ]

  /// `a.b.C{field: value}` makes a protobuf message; read, so that the fault is its type and not the brace.
  private mutating func messageLiteral() throws(SyntaxFault) -> Expression? {
    var saved = self
    let token = current
    var name = ""
    while case .identifier(let part) = saved.current.kind {
      name += name.isEmpty ? part : ".\(part)"
      saved.advance()
      if saved.isAt(.leftBrace) { break }
      guard saved.take(.dot) else { return nil }
    }
    guard saved.take(.leftBrace) else { return nil }
    var values: [Expression] = []
    while !saved.isAt(.rightBrace) {
      _ = saved.take(.question)
      switch saved.current.kind {
      case .identifier, .quoted: saved.advance()
      default: throw saved.unexpected(expected: "a field's name")
      }
      try saved.expect(.colon)
      values.append(try saved.expression())
      guard saved.take(.comma) else { break }
    }
    try saved.expect(.rightBrace)
    self = saved
    return try node(.message(name), at: token, over: values)
  }

  private mutating func list() throws(SyntaxFault) -> Expression {
    let token = current
    advance()
    var elements: [Expression.Element] = []
    while !isAt(.rightBracket) {
      let isOptional = try takeOptionalMark()
      elements.append(Expression.Element(value: try expression(), isOptional: isOptional))
      guard take(.comma) else { break }
    }
    try expect(.rightBracket)
    return try node(.list(elements), at: token, over: elements.map(\.value))
  }

  private mutating func map() throws(SyntaxFault) -> Expression {
    let token = current
    advance()
    var entries: [Expression.Entry] = []
    while !isAt(.rightBrace) {
      let isOptional = try takeOptionalMark()
      let key = try expression()
      try expect(.colon)
      entries.append(Expression.Entry(key: key, value: try expression(), isOptional: isOptional))
      guard take(.comma) else { break }
    }
    try expect(.rightBrace)
    return try node(.map(entries), at: token, over: entries.flatMap { [$0.key, $0.value] })
  }
}
