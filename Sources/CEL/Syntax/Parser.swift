/// Reads tokens into an expression: langdef, "Syntax".
///
/// Operators are read by precedence climbing, so that a level of the source takes few levels of the stack.
struct Parser {
  let source: [UInt8]
  let limits: Limits
  let libraries: Set<Library>
  private let tokens: [Token]
  private var index = 0
  private var depth = 0
  private var nextID = 0

  /// Parses a whole expression.
  static func parse(
    _ source: [UInt8], limits: Limits, libraries: Set<Library>
  ) throws(SyntaxFault) -> (expression: Expression, count: Int) {
    guard source.count <= limits.length else {
      throw SyntaxFault(
        message:
          "the expression has \(source.count) bytes, more than the limit of \(limits.length)",
        offset: 0, length: 0)
    }
    var parser = Parser(
      source: source, limits: limits, libraries: libraries, tokens: try Lexer.tokens(of: source))
    let expression = try parser.expression()
    guard case .end = parser.current.kind else {
      throw parser.unexpected(expected: "an operator or the end")
    }
    return (expression, parser.nextID)
  }

  private init(source: [UInt8], limits: Limits, libraries: Set<Library>, tokens: [Token]) {
    self.source = source
    self.limits = limits
    self.libraries = libraries
    self.tokens = tokens
  }

  // MARK: Tokens

  var current: Token { tokens[index] }

  mutating func advance() {
    if index < tokens.count - 1 { index += 1 }
  }

  func isAt(_ symbol: Token.Symbol) -> Bool { current.kind == .symbol(symbol) }

  mutating func take(_ symbol: Token.Symbol) -> Bool {
    guard isAt(symbol) else { return false }
    advance()
    return true
  }

  mutating func expect(_ symbol: Token.Symbol) throws(SyntaxFault) {
    guard take(symbol) else { throw unexpected(expected: "'\(symbol.rawValue)'") }
  }

  func unexpected(expected: String) -> SyntaxFault {
    // What other languages write.
    let operators = ["'and'": "&&", "'or'": "||"]
    let advice = operators[current.description].map { ": write \($0)" } ?? ""
    return SyntaxFault(
      message: "expected \(expected), found \(current.description)\(advice)",
      offset: current.offset, length: current.length)
  }

  // MARK: Nodes

  mutating func node(
    _ kind: Expression.Kind, at token: Token, over children: [Expression] = []
  ) throws(SyntaxFault) -> Expression {
    try node(kind, offset: token.offset, length: token.length, over: children)
  }

  mutating func node(
    _ kind: Expression.Kind, offset: Int, length: Int, over children: [Expression]
  ) throws(SyntaxFault) -> Expression {
    let height = 1 + (children.lazy.map(\.height).max() ?? 0)
    guard height <= limits.depth else { throw tooDeep(offset) }
    defer { nextID += 1 }
    let count = children.reduce(1) { $0 + $1.count }
    return Expression(
      kind: kind, offset: offset, length: length, id: nextID, height: height, count: count)
  }

  private func tooDeep(_ offset: Int) -> SyntaxFault {
    SyntaxFault(
      message: "the expression nests deeper than the limit of \(limits.depth)", offset: offset,
      length: 0)
  }

  // MARK: Grammar

  /// `Expr = ConditionalOr ["?" ConditionalOr ":" Expr]`
  mutating func expression() throws(SyntaxFault) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= limits.depth else { throw tooDeep(current.offset) }
    let condition = try binary(minimum: 1)
    let token = current
    guard take(.question) else { return condition }
    let yes = try binary(minimum: 1)
    try expect(.colon)
    let no = try expression()
    return try node(.conditional(condition, yes, no), at: token, over: [condition, yes, no])
  }

  /// `||`, `&&`, relations, `+ -`, `* / %`: each level binds to the left.
  private mutating func binary(minimum: Int) throws(SyntaxFault) -> Expression {
    var left = try unary()
    while case .symbol(let symbol) = current.kind, let level = Self.precedence[symbol],
      level >= minimum
    {
      let token = current
      if symbol == .or || symbol == .and {
        // A chain becomes one node: it is long in practice, and flat it does not nest.
        var operands = [left]
        while take(symbol) { operands.append(try binary(minimum: level + 1)) }
        left = try node(.logical(symbol == .or ? .or : .and, operands), at: token, over: operands)
      } else {
        advance()
        let right = try binary(minimum: level + 1)
        let name = symbol == .in ? "@in" : "_\(symbol.rawValue)_"
        left = try node(.call(name, target: nil, [left, right]), at: token, over: [left, right])
      }
    }
    return left
  }

  private static let precedence: [Token.Symbol: Int] = [
    .or: 1, .and: 2,
    .equal: 3, .notEqual: 3, .less: 3, .lessOrEqual: 3, .greater: 3, .greaterOrEqual: 3, .in: 3,
    .plus: 4, .minus: 4, .star: 5, .slash: 5, .percent: 5,
  ]

  /// `Unary = Member | "!" {"!"} Member | "-" {"-"} Member`
  private mutating func unary() throws(SyntaxFault) -> Expression {
    guard isAt(.not) || isAt(.minus) else { return try member() }
    let symbol = current.kind
    var operators: [Token] = []
    while current.kind == symbol {
      operators.append(current)
      advance()
    }
    var operand: Expression
    // The sign belongs to a number: -9223372036854775808 is one literal.
    if symbol == .symbol(.minus),
      let literal = try negativeLiteral(sign: operators[operators.count - 1])
    {
      operators.removeLast()
      operand = try member(after: literal)
    } else {
      operand = try member()
    }
    let name = symbol == .symbol(.not) ? "!_" : "-_"
    for token in operators.reversed() {
      operand = try node(.call(name, target: nil, [operand]), at: token, over: [operand])
    }
    return operand
  }

  private mutating func negativeLiteral(sign: Token) throws(SyntaxFault) -> Expression? {
    let literal: Expression.Literal
    switch current.kind {
    case .integer(let value):
      guard value <= UInt64(Int64.max) + 1 else {
        throw SyntaxFault(
          message: "the integer does not fit in 64 bits", offset: sign.offset,
          length: current.offset + current.length - sign.offset)
      }
      literal = .int(Int64(truncatingIfNeeded: 0 &- value))
    case .literal(.double(let value)): literal = .double(-value)
    default: return nil
    }
    let length = current.offset + current.length - sign.offset
    advance()
    return try node(.literal(literal), offset: sign.offset, length: length, over: [])
  }
}
