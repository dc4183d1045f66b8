/// A piece of an expression's text.
struct Token: Sendable {
  enum Kind: Hashable, Sendable {
    case literal(Expression.Literal)
    /// Digits before `u`, `-` and the range are applied.
    case integer(UInt64)
    case identifier(String)
    /// A field's name in backticks.
    case quoted(String)
    case symbol(Symbol)
    case end
  }

  enum Symbol: String, Hashable, Sendable {
    case leftParenthesis = "("
    case rightParenthesis = ")"
    case leftBracket = "["
    case rightBracket = "]"
    case leftBrace = "{"
    case rightBrace = "}"
    case dot = "."
    case comma = ","
    case colon = ":"
    case question = "?"
    case plus = "+"
    case minus = "-"
    case star = "*"
    case slash = "/"
    case percent = "%"
    case not = "!"
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case and = "&&"
    case or = "||"
    case `in` = "in"
  }

  let kind: Kind
  let offset: Int
  let length: Int

  /// The token as an error message names it.
  var description: String {
    switch kind {
    case .literal(.string): "a string"
    case .literal(.bytes): "bytes"
    case .literal(.null): "'null'"
    case .literal(.bool(let value)): "'\(value)'"
    case .literal, .integer: "a number"
    case .identifier(let name): "'\(name)'"
    case .quoted(let name): "'`\(name)`'"
    case .symbol(let symbol): "'\(symbol.rawValue)'"
    case .end: "the end"
    }
  }
}

/// A syntax fault on its way out of the lexer or the parser.
struct SyntaxFault: Error {
  let message: String
  let offset: Int
  let length: Int
}
