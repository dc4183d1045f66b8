internal import JSON
internal import Text

extension Value: CustomStringConvertible {
  /// The value as a CEL expression that gives it: `{"a": [1, 2u]}`, `timestamp("2024-01-01T00:00:00Z")`.
  public var description: String { cell.literal }
}

extension Cell {
  /// The value as a CEL expression.
  var literal: String {
    switch self {
    case .null: "null"
    case .bool(let value): String(value)
    case .int(let value): String(value)
    case .uint(let value): "\(value)u"
    case .double(let value):
      value.isFinite ? value.description : "double(\"\(Conversion.string(of: value))\")"
    case .string, .text: Quoting.quoted(stringValue ?? "")
    case .bytes(let bytes): Quoting.quoted(bytes: bytes)
    case .timestamp(let value): "timestamp(\"\(value.text)\")"
    case .duration(let value): "duration(\"\(value.text)\")"
    case .type(let box): box.type.name
    case .optional(let box):
      box.wrapped.map { "optional.of(\($0.literal))" } ?? "optional.none()"
    case .network(let box):
      box.prefix == nil ? "ip(\"\(box.text)\")" : "cidr(\"\(box.text)\")"
    case .fault(let fault): fault.error.message
    case .list, .array: "[\(elementLiterals.joined(separator: ", "))]"
    case .map, .object: "{\(entryLiterals.joined(separator: ", "))}"
    }
  }

  /// The value as a message shows it: strings cut, lists and maps only named.
  var summary: String {
    switch self {
    case .text(let text) where text.count > 60:
      Quoting.quoted(text.withSpan { String(decodingPrefix: 60, of: $0) }) + "…"
    case .string(let string) where string.utf8.count > 60:
      Quoting.quoted(String(decodingPrefix: 60, of: string.utf8.span)) + "…"
    case .bytes(let bytes) where bytes.count > 60: "bytes"
    case .list, .array, .map, .object, .optional: typeName
    default: literal
    }
  }

  private var elementLiterals: [String] {
    guard var elements = ListElements(self) else { return [] }
    var result: [String] = []
    while let element = elements.next() { result.append(element.literal) }
    return result
  }

  private var entryLiterals: [String] {
    guard var entries = MapEntries(self) else { return [] }
    var result: [String] = []
    while let entry = entries.next() {
      result.append("\(entry.key.literal): \(entry.value.literal)")
    }
    return result
  }
}

extension String {
  /// The first bytes of UTF-8, up to the beginning of a code point.
  fileprivate init(decodingPrefix count: Int, of bytes: Span<UInt8>) {
    var end = Swift.min(count, bytes.count)
    while end > 0, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    self.init(decoding: (0..<end).map { bytes[$0] }, as: UTF8.self)
  }
}

extension NetworkBox {
  /// `192.168.0.0/24`, or the address alone.
  var text: String { prefix.map { "\(address.text)/\($0)" } ?? address.text }
}

/// Strings and bytes as CEL literals.
enum Quoting {
  /// A string in double quotes: quotes, backslashes and the control characters with a letter escaped, the other control
  /// characters too when asked.
  static func quoted(_ text: String, escapesControls: Bool = true) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{07}": result += "\\a"
      case "\u{08}": result += "\\b"
      case "\u{0C}": result += "\\f"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{0B}": result += "\\v"
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case _ where escapesControls && (scalar.value < 0x20 || scalar.value == 0x7F):
        result += "\\x" + hexadecimal(UInt8(scalar.value))
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// Bytes in double quotes: printable ASCII as it is.
  static func quoted(bytes: [UInt8]) -> String {
    var result = "b\""
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): result += "\\" + String(UnicodeScalar(byte))
      case 0x20..<0x7F: result.unicodeScalars.append(UnicodeScalar(byte))
      default: result += "\\x" + hexadecimal(byte)
      }
    }
    return result + "\""
  }

  static func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "0" + digits : digits
  }
}
