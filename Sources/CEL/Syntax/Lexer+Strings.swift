/// String and bytes literals: langdef, "String and Bytes Values".
extension Lexer {
  /// The literal at the quote, behind its prefix: `r` for raw, `b` for bytes, `br` for both.
  mutating func stringLiteral(prefix: String, from prefixStart: Int? = nil) throws(SyntaxFault)
    -> Token.Kind
  {
    let start = prefixStart ?? position
    let isRaw = prefix.contains("r")
    let isBytes = prefix.contains("b")
    guard let quote = peek() else { throw fault("expected a quote", from: start) }
    let isTriple = peek(1) == quote && peek(2) == quote
    advance(isTriple ? 3 : 1)
    var bytes: [UInt8] = []
    while true {
      guard let byte = peek() else { throw fault("a string is not closed", from: start) }
      switch byte {
      case quote where !isTriple:
        advance()
        return finish(bytes, isBytes: isBytes)
      case quote where peek(1) == quote && peek(2) == quote:
        advance(3)
        return finish(bytes, isBytes: isBytes)
      case 0x0A, 0x0D:
        guard isTriple else { throw fault("a string is not closed on its line", from: start) }
        // Line ends in a literal are always line feeds.
        advance(byte == 0x0D && peek(1) == 0x0A ? 2 : 1)
        bytes.append(0x0A)
      case UInt8(ascii: "\\") where !isRaw:
        try escape(into: &bytes, isBytes: isBytes)
      default:
        bytes.append(byte)
        advance()
      }
    }
  }

  private func finish(_ bytes: [UInt8], isBytes: Bool) -> Token.Kind {
    .literal(isBytes ? .bytes(bytes) : .string(String(decoding: bytes, as: UTF8.self)))
  }

  private mutating func escape(into bytes: inout [UInt8], isBytes: Bool) throws(SyntaxFault) {
    let start = position
    advance()
    guard let byte = peek() else { throw fault("a string is not closed", from: start) }
    advance()
    switch byte {
    case UInt8(ascii: "a"): bytes.append(0x07)
    case UInt8(ascii: "b"): bytes.append(0x08)
    case UInt8(ascii: "f"): bytes.append(0x0C)
    case UInt8(ascii: "n"): bytes.append(0x0A)
    case UInt8(ascii: "r"): bytes.append(0x0D)
    case UInt8(ascii: "t"): bytes.append(0x09)
    case UInt8(ascii: "v"): bytes.append(0x0B)
    case UInt8(ascii: "\\"), UInt8(ascii: "?"), UInt8(ascii: "\""), UInt8(ascii: "'"),
      UInt8(ascii: "`"):
      bytes.append(byte)
    case UInt8(ascii: "x"), UInt8(ascii: "X"):
      try append(try digits(2, radix: 16, from: start), to: &bytes, isByte: isBytes, from: start)
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      guard !isBytes else { throw fault("bytes can't have the escape '\\u'", from: start) }
      let count = byte == UInt8(ascii: "u") ? 4 : 8
      try append(try digits(count, radix: 16, from: start), to: &bytes, isByte: false, from: start)
    case UInt8(ascii: "0")...UInt8(ascii: "3"):
      position -= 1
      try append(try digits(3, radix: 8, from: start), to: &bytes, isByte: isBytes, from: start)
    default:
      throw fault("a string has an unknown escape", from: start)
    }
  }

  private mutating func digits(_ count: Int, radix: UInt32, from start: Int) throws(SyntaxFault)
    -> UInt32
  {
    var value: UInt32 = 0
    for _ in 0..<count {
      guard let byte = peek(), byte < 0x80,
        let digit = Character(UnicodeScalar(byte)).hexDigitValue, digit < radix
      else {
        throw fault(
          "the escape needs \(count) \(radix == 8 ? "octal" : "hexadecimal") digits", from: start)
      }
      value = value &* radix &+ UInt32(digit)
      advance()
    }
    return value
  }

  private func append(
    _ value: UInt32, to bytes: inout [UInt8], isByte: Bool, from start: Int
  ) throws(SyntaxFault) {
    if isByte {
      bytes.append(UInt8(truncatingIfNeeded: value))
    } else if let scalar = Unicode.Scalar(value) {
      bytes.append(contentsOf: String(Character(scalar)).utf8)
    } else {
      throw fault("the escape is no Unicode code point", from: start)
    }
  }
}
