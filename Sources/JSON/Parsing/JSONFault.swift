internal import CSimdjson

extension JSONError {
  static var outOfMemory: JSONError { JSONError(kind: .memory, message: "out of memory") }
  static var emptyDocument: JSONError {
    JSONError(kind: .empty, message: "the document is empty", offset: 0)
  }

  /// simdjson's code as an error. simdjson names no position: the refused bytes are read once more for it.
  static func describing(
    _ code: Int, bytes: UnsafeRawBufferPointer, skipped: Int, limits: JSONLimits
  ) -> JSONError {
    switch code {
    case Int(CSIMDJSON_NO_MEMORY): return .outOfMemory
    case Int(CSIMDJSON_TOO_LARGE):
      return JSONError(kind: .size, message: "the document is longer than the parser can read")
    default: break
    }
    var scanner = JSONFaultScanner(bytes: bytes, depthLimit: limits.depth)
    if let fault = scanner.firstFault() {
      return JSONError(
        kind: fault.kind, message: fault.message, offset: (fault.offset ?? 0) + skipped)
    }
    return switch code {
    case Int(CSIMDJSON_TOO_DEEP): .tooDeep(limits.depth, offset: nil)
    case Int(CSIMDJSON_NUMBER): JSONError(kind: .number, message: "a number can't be read")
    case Int(CSIMDJSON_UTF8): JSONError(kind: .encoding, message: "the bytes are not valid UTF-8")
    case Int(CSIMDJSON_EMPTY): .emptyDocument
    case Int(CSIMDJSON_STRING), Int(CSIMDJSON_UNESCAPED), Int(CSIMDJSON_UNCLOSED):
      JSONError(kind: .string, message: "a string can't be read")
    default: JSONError(kind: .syntax, message: "the bytes are not JSON")
    }
  }

  static func tooDeep(_ limit: Int, offset: Int?) -> JSONError {
    JSONError(
      kind: .depth, message: "arrays and objects are nested deeper than the limit of \(limit)",
      offset: offset)
  }
}

/// Finds the first byte that breaks the JSON grammar in a refused input; runs in one pass, without recursion.
struct JSONFaultScanner {
  let bytes: UnsafeRawBufferPointer
  let depthLimit: Int
  private var index = 0
  /// The open brackets: true for an object.
  private var open: [Bool] = []

  init(bytes: UnsafeRawBufferPointer, depthLimit: Int) {
    self.bytes = bytes
    self.depthLimit = depthLimit
  }

  private func fault(_ kind: JSONError.Kind, _ message: String, at offset: Int? = nil) -> JSONError
  {
    JSONError(kind: kind, message: message, offset: offset ?? index)
  }

  /// The first fault; nil when the input is in order.
  mutating func firstFault() -> JSONError? {
    if let offset = firstInvalidUTF8() {
      return fault(.encoding, "the bytes are not valid UTF-8", at: offset)
    }
    skipSpace()
    if index == bytes.count { return fault(.empty, "the document is empty") }
    do throws(JSONError) {
      try scan()
      return nil
    } catch {
      return error
    }
  }

  private mutating func scan() throws(JSONError) {
    var expectsValue = true
    while true {
      skipSpace()
      if expectsValue {
        guard let byte = peek else { throw fault(.syntax, "expected a value, found the end") }
        switch byte {
        case UInt8(ascii: "["), UInt8(ascii: "{"):
          let isObject = byte == UInt8(ascii: "{")
          guard open.count < depthLimit else { throw .tooDeep(depthLimit, offset: index) }
          open.append(isObject)
          index += 1
          skipSpace()
          if peek == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
            index += 1
            open.removeLast()
            expectsValue = false
          } else if isObject {
            try key()
          }
        default:
          try scalar(byte)
          expectsValue = false
        }
      } else {
        guard let isObject = open.last else {
          if peek != nil { throw fault(.syntax, "unexpected \(found) after the value") }
          return
        }
        let close = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
        if peek == close {
          index += 1
          open.removeLast()
        } else if peek == UInt8(ascii: ",") {
          index += 1
          if isObject { try key() }
          expectsValue = true
        } else {
          throw fault(
            .syntax, "expected ',' or '\(isObject ? "}" : "]")', found \(found)")
        }
      }
    }
  }

  private mutating func key() throws(JSONError) {
    skipSpace()
    guard peek == UInt8(ascii: "\"") else {
      throw fault(.syntax, "expected a member's name in double quotes, found \(found)")
    }
    try string()
    skipSpace()
    guard peek == UInt8(ascii: ":") else {
      throw fault(.syntax, "expected ':' after a member's name, found \(found)")
    }
    index += 1
  }

  private mutating func scalar(_ byte: UInt8) throws(JSONError) {
    switch byte {
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "t"): try literal("true")
    case UInt8(ascii: "f"): try literal("false")
    case UInt8(ascii: "n"): try literal("null")
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
    default: throw fault(.syntax, "expected a value, found \(found)")
    }
  }

  private mutating func literal(_ name: String) throws(JSONError) {
    let start = index
    for byte in name.utf8 {
      guard peek == byte else { throw fault(.syntax, "expected '\(name)'", at: start) }
      index += 1
    }
    if let byte = peek, !isDelimiter(byte) { throw fault(.syntax, "expected '\(name)'", at: start) }
  }

  private mutating func number() throws(JSONError) {
    let start = index
    var isInteger = true
    if peek == UInt8(ascii: "-") { index += 1 }
    let first = peek
    var digits = skipDigits()
    guard digits > 0, digits == 1 || first != UInt8(ascii: "0") else {
      throw fault(.number, "a number is malformed", at: start)
    }
    if peek == UInt8(ascii: ".") {
      isInteger = false
      index += 1
      digits = skipDigits()
      guard digits > 0 else { throw fault(.number, "a number is malformed", at: start) }
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      isInteger = false
      index += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { index += 1 }
      guard skipDigits() > 0 else { throw fault(.number, "a number is malformed", at: start) }
    }
    if let byte = peek, !isDelimiter(byte) {
      throw fault(.number, "a number is malformed", at: start)
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if isInteger, Int64(text) == nil, UInt64(text) == nil {
      throw fault(.number, "the integer \(text.prefix(40)) does not fit in 64 bits", at: start)
    }
    if !isInteger, let value = Double(text), !value.isFinite {
      throw fault(.number, "the number \(text.prefix(40)) does not fit in a double", at: start)
    }
  }

  private mutating func skipDigits() -> Int {
    let start = index
    while let byte = peek, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { index += 1 }
    return index - start
  }

  private mutating func string() throws(JSONError) {
    let start = index
    index += 1
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        return
      case UInt8(ascii: "\\"):
        try escape()
      case 0..<0x20:
        throw fault(.string, "a string holds an unescaped control character")
      default:
        index += 1
      }
    }
    throw fault(.string, "a string is not closed", at: start)
  }

  private mutating func escape() throws(JSONError) {
    let start = index
    index += 1
    switch peek {
    case UInt8(ascii: "u"):
      index += 1
      let high = try hexadecimal(from: start)
      if (0xD800..<0xDC00).contains(high) {
        guard peek == UInt8(ascii: "\\"), index + 1 < bytes.count,
          bytes[index + 1] == UInt8(ascii: "u")
        else { throw fault(.string, "a surrogate stands alone", at: start) }
        index += 2
        guard (0xDC00..<0xE000).contains(try hexadecimal(from: start)) else {
          throw fault(.string, "a surrogate stands alone", at: start)
        }
      } else if (0xDC00..<0xE000).contains(high) {
        throw fault(.string, "a surrogate stands alone", at: start)
      }
    case let byte? where #""\/bfnrt"#.utf8.contains(byte):
      index += 1
    default:
      throw fault(.string, "a string holds an unknown escape", at: start)
    }
  }

  private mutating func hexadecimal(from start: Int) throws(JSONError) -> UInt32 {
    guard index + 4 <= bytes.count,
      bytes[index..<index + 4].allSatisfy({ Character(UnicodeScalar($0)).isHexDigit && $0 < 0x80 }),
      let value = UInt32(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)
    else { throw fault(.string, "a string holds an unknown escape", at: start) }
    index += 4
    return value
  }

  private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  private var found: String {
    guard let byte = peek else { return "the end" }
    return byte > 0x20 && byte < 0x7F ? "'\(Character(UnicodeScalar(byte)))'" : "byte \(byte)"
  }

  private func isDelimiter(_ byte: UInt8) -> Bool { " \t\r\n,]}:[{\"".utf8.contains(byte) }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
      index += 1
    }
  }

  private func firstInvalidUTF8() -> Int? {
    var position = 0
    while position < bytes.count {
      let lead = bytes[position]
      if lead < 0x80 {
        position += 1
        continue
      }
      let (count, lowest, highest): (Int, UInt8, UInt8) =
        switch lead {
        case 0xC2...0xDF: (2, 0x80, 0xBF)
        case 0xE0: (3, 0xA0, 0xBF)
        case 0xED: (3, 0x80, 0x9F)
        case 0xE1...0xEF: (3, 0x80, 0xBF)
        case 0xF0: (4, 0x90, 0xBF)
        case 0xF1...0xF3: (4, 0x80, 0xBF)
        case 0xF4: (4, 0x80, 0x8F)
        default: (0, 0, 0)
        }
      guard count > 0, position + count <= bytes.count,
        (lowest...highest).contains(bytes[position + 1]),
        bytes[(position + 2)..<(position + count)].allSatisfy({ $0 & 0xC0 == 0x80 })
      else { return position }
      position += count
    }
    return nil
  }
}
