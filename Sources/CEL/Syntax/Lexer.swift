/// Cuts an expression into tokens.
///
/// langdef, "Syntax": the lexis of identifiers, numbers, operators, white space and comments.
struct Lexer {
  let source: [UInt8]
  var position = 0

  init(_ source: [UInt8]) {
    self.source = source
  }

  /// All tokens, the last being the end.
  static func tokens(of source: [UInt8]) throws(SyntaxFault) -> [Token] {
    var lexer = Lexer(source)
    var tokens: [Token] = []
    while true {
      let token = try lexer.next()
      tokens.append(token)
      if case .end = token.kind { return tokens }
    }
  }

  func peek(_ distance: Int = 0) -> UInt8? {
    let index = position + distance
    return index < source.count ? source[index] : nil
  }

  mutating func advance(_ count: Int = 1) { position += count }

  func fault(_ message: String, from start: Int) -> SyntaxFault {
    SyntaxFault(message: message, offset: start, length: max(position - start, 0))
  }

  private mutating func next() throws(SyntaxFault) -> Token {
    skipSpaceAndComments()
    let start = position
    guard let byte = peek() else { return Token(kind: .end, offset: start, length: 0) }
    let kind: Token.Kind
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      kind = try stringLiteral(prefix: "")
    case UInt8(ascii: "`"):
      kind = try quotedIdentifier()
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      kind = try number()
    case UInt8(ascii: ".") where Self.isDigit(peek(1)):
      kind = try number()
    case _ where Self.isIdentifierStart(byte):
      kind = try word()
    default:
      kind = try symbol(byte)
    }
    return Token(kind: kind, offset: start, length: position - start)
  }

  private mutating func skipSpaceAndComments() {
    while let byte = peek() {
      switch byte {
      case 0x09, 0x0A, 0x0C, 0x0D, 0x20: advance()
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
        while let byte = peek(), byte != UInt8(ascii: "\n") { advance() }
      default: return
      }
    }
  }

  /// An identifier, a keyword, or a string with a prefix.
  private mutating func word() throws(SyntaxFault) -> Token.Kind {
    let start = position
    while let byte = peek(), Self.isIdentifierPart(byte) { advance() }
    let name = String(decoding: source[start..<position], as: UTF8.self)
    let isQuote = peek() == UInt8(ascii: "\"") || peek() == UInt8(ascii: "'")
    if isQuote, ["r", "b", "br"].contains(name.lowercased()) {
      return try stringLiteral(prefix: name.lowercased(), from: start)
    }
    return switch name {
    case "true": .literal(.bool(true))
    case "false": .literal(.bool(false))
    case "null": .literal(.null)
    case "in": .symbol(.in)
    default: .identifier(name)
    }
  }

  /// A field's name in backticks: letters, digits, `_ . - / ` and space.
  private mutating func quotedIdentifier() throws(SyntaxFault) -> Token.Kind {
    let start = position
    advance()
    while let byte = peek(), byte != UInt8(ascii: "`") {
      guard Self.isIdentifierPart(byte) || ".-/ ".utf8.contains(byte) else {
        throw fault(
          "a name in backticks has letters, digits, '_', '.', '-', '/' and spaces", from: start)
      }
      advance()
    }
    guard peek() != nil else { throw fault("a name in backticks is not closed", from: start) }
    let name = String(decoding: source[(start + 1)..<position], as: UTF8.self)
    advance()
    guard !name.isEmpty else { throw fault("a name in backticks is empty", from: start) }
    return .quoted(name)
  }

  private mutating func number() throws(SyntaxFault) -> Token.Kind {
    let start = position
    if peek() == UInt8(ascii: "0"), peek(1) == UInt8(ascii: "x") || peek(1) == UInt8(ascii: "X") {
      advance(2)
      let digits = position
      while let byte = peek(), Self.isHexadecimal(byte) { advance() }
      return try integer(digits: digits, start: start, radix: 16)
    }
    skipDigits()
    var isDouble = false
    if peek() == UInt8(ascii: "."), Self.isDigit(peek(1)) {
      isDouble = true
      advance()
      skipDigits()
    }
    if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
      let sign = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-") ? 1 : 0
      if Self.isDigit(peek(1 + sign)) {
        isDouble = true
        advance(1 + sign)
        skipDigits()
      }
    }
    guard isDouble else { return try integer(digits: start, start: start, radix: 10) }
    try endNumber(start)
    let text = String(decoding: source[start..<position], as: UTF8.self)
    guard let value = Double(text.first == "." ? "0" + text : text), value.isFinite else {
      throw fault("the number is too large for a double", from: start)
    }
    return .literal(.double(value))
  }

  private mutating func integer(
    digits: Int, start: Int, radix: Int
  ) throws(SyntaxFault) -> Token.Kind {
    guard position > digits else {
      throw fault("expected hexadecimal digits after '0x'", from: start)
    }
    let text = String(decoding: source[digits..<position], as: UTF8.self)
    let isUnsigned = peek() == UInt8(ascii: "u") || peek() == UInt8(ascii: "U")
    if isUnsigned { advance() }
    try endNumber(start)
    guard let value = UInt64(text, radix: radix) else {
      throw fault("the integer does not fit in 64 bits", from: start)
    }
    return isUnsigned ? .literal(.uint(value)) : .integer(value)
  }

  /// A letter right behind a number is a misspelt number, not a name.
  private mutating func endNumber(_ start: Int) throws(SyntaxFault) {
    guard let byte = peek(), Self.isIdentifierPart(byte) else { return }
    while let byte = peek(), Self.isIdentifierPart(byte) { advance() }
    throw fault(
      "'\(String(decoding: source[start..<position], as: UTF8.self))' is not a number", from: start)
  }

  private mutating func skipDigits() {
    while Self.isDigit(peek()) { advance() }
  }

  private mutating func symbol(_ byte: UInt8) throws(SyntaxFault) -> Token.Kind {
    let one = String(UnicodeScalar(byte))
    if let next = peek(1), let symbol = Token.Symbol(rawValue: one + String(UnicodeScalar(next))) {
      advance(2)
      return .symbol(symbol)
    }
    if let symbol = Token.Symbol(rawValue: one) {
      advance()
      return .symbol(symbol)
    }
    let start = position
    // The whole character, not its first byte.
    advance()
    while let byte = peek(), byte & 0xC0 == 0x80 { advance() }
    let character = String(decoding: source[start..<position], as: UTF8.self)
    let hint =
      switch one {
      case "=": "; equality is '=='"
      case "&": "; and is '&&'"
      case "|": "; or is '||'"
      default: ""
      }
    throw fault("unexpected '\(character)'\(hint)", from: start)
  }

  static func isDigit(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  static func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
  }

  static func isIdentifierStart(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  static func isIdentifierPart(_ byte: UInt8) -> Bool { isIdentifierStart(byte) || isDigit(byte) }
}
