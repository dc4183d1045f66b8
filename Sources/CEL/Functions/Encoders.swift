/// `base64.encode` and `base64.decode`: the extension "Encoders",
/// [RFC 4648](https://www.rfc-editor.org/rfc/rfc4648) section 4.
extension FunctionDefinition {
  static let encoders: [FunctionDefinition] = [
    FunctionDefinition(
      "base64.encode", .encoders, ["(bytes) -> string"],
      .unary { (value, frame) throws(Fault) in
        guard case .bytes(let bytes) = value else { throw .noOverload("base64.encode", value) }
        try frame.step(bytes: bytes.count)
        return try frame.string(Base64.encode(bytes))
      }),
    FunctionDefinition(
      "base64.decode", .encoders, ["(string) -> bytes"],
      .unary { (value, frame) throws(Fault) in
        guard let text = try frame.text(value) else { throw .noOverload("base64.decode", value) }
        try frame.step(bytes: text.utf8.count)
        guard let bytes = Base64.decode(text) else {
          throw Fault(.invalidArgument, "the string is not base64")
        }
        try frame.build(bytes.count)
        return .bytes(bytes)
      }),
  ]
}

/// The alphabet `A-Z a-z 0-9 + /`.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    result.reserveCapacity((bytes.count + 2) / 3 * 4)
    var index = 0
    while index < bytes.count {
      let group = (0..<3).reduce(0) {
        $0 << 8 | Int(index + $1 < bytes.count ? bytes[index + $1] : 0)
      }
      let used = min(3, bytes.count - index)
      for position in 0..<4 {
        result.append(
          position <= used ? alphabet[group >> (18 - 6 * position) & 63] : UInt8(ascii: "="))
      }
      index += 3
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The bytes; nil for other characters and a wrong length. Padding may be left out.
  static func decode(_ text: String) -> [UInt8]? {
    var characters = Array(text.utf8)
    if characters.count.isMultiple(of: 4) {
      for _ in 0..<2 where characters.last == UInt8(ascii: "=") { characters.removeLast() }
    }
    guard characters.count % 4 != 1 else { return nil }
    var result: [UInt8] = []
    result.reserveCapacity(characters.count * 3 / 4)
    var bits = 0
    var count = 0
    for character in characters {
      guard let value = value(of: character) else { return nil }
      bits = bits << 6 | value
      count += 6
      if count >= 8 {
        count -= 8
        result.append(UInt8(truncatingIfNeeded: bits >> count))
        bits &= (1 << count) - 1
      }
    }
    return result
  }

  private static func value(of character: UInt8) -> Int? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(character) - 65
    case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(character) - 71
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(character) + 4
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
