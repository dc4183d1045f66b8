/// One pass over a file's bytes before libyaml sees them: what is not UTF-8 or not allowed in YAML is
/// reported in our words, with its byte.
struct TextCheck {
  /// More `%TAG` directives than anybody writes; libyaml compares each with all before it.
  static let mostTagDirectives = 64

  private(set) var isASCII = true
  private(set) var tagDirectives = 0
  /// How many lines end, and where the last one does.
  private(set) var lines: (count: Int, end: Int) = (0, 0)

  /// The first fault and its offset.
  mutating func firstFault(
    in text: UnsafeBufferPointer<UInt8>
  ) -> (message: String, offset: Int)? {
    var index = 0
    while index < text.count {
      let plain = Self.plainBytes(in: text, at: index)
      if plain > 0 {
        index += plain
        continue
      }
      let byte = text[index]
      switch byte {
      case 0x20...0x7E:
        if byte == UInt8(ascii: "%"), index == 0 || text[index - 1] < 0x20,
          text[index...].starts(with: "%TAG".utf8)
        {
          tagDirectives += 1
        }
        index += 1
      case 0x09:
        index += 1
      case 0x0A, 0x0D:
        index += 1
        // CRLF ends one line.
        if byte == 0x0A || index == text.count || text[index] != 0x0A {
          lines = (lines.count + 1, index)
        }
      case 0x00...0x7F:
        return (Self.forbidden(Unicode.Scalar(byte)), index)
      default:
        isASCII = false
        guard let (scalar, length) = Self.decode(text, at: index) else {
          return (Self.invalid(text, at: index), index)
        }
        if Self.isForbidden(scalar) { return (Self.forbidden(scalar), index) }
        index += length
      }
    }
    return nil
  }

  /// How many of eight bytes from a place on are printable ASCII, and surely no directive's beginning; none near the end.
  ///
  /// The highest bit of a word's byte says whether it is above 0x7F, below 0x20, or 0x7F: up to the first that is, which may carry
  /// into those behind it.
  private static func plainBytes(in text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    guard index + 8 <= text.count, text[index] != UInt8(ascii: "%") else { return 0 }
    let bytes = UnsafeRawBufferPointer(text)
    let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
    let ones: UInt64 = 0x0101_0101_0101_0101
    let others = word | (word &- 0x20 &* ones) | (word &+ ones)
    return (others & (0x80 &* ones)).trailingZeroBitCount / 8
  }

  /// The production
  /// [c-printable](https://yaml.org/spec/1.2.2/#51-character-set), without ASCII and without the
  /// byte order mark, which libyaml refuses inside a text.
  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x85, 0xA0...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: false
    default: true
    }
  }

  private static func forbidden(_ scalar: Unicode.Scalar) -> String {
    let name = Excerpt.name(scalar)
    switch scalar.value {
    case 0:
      return "the file holds a zero byte; it is binary or UTF-16, save it as UTF-8 text"
    case 0xFEFF:
      return "byte order mark (\(name)) inside the text; remove it, "
        + "it may only be a file's first character"
    default:
      let escape =
        scalar.value < 0x100
        ? "\\x" + name.suffix(2) : "\\u" + name.suffix(4)
      return "control character \(name) is not allowed; remove it, "
        + "or write it as \(escape) in double quotes"
    }
  }

  private static func invalid(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> String {
    let digits = String(text[index], radix: 16, uppercase: true)
    return "byte 0x\(digits) is not valid UTF-8; save the file as UTF-8"
  }

  /// The well-formed byte sequences of
  /// [Unicode's table 3-7](https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-3/#G27506).
  private static func decode(
    _ text: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> (Unicode.Scalar, length: Int)? {
    let lead = text[index]
    let length: Int
    let second: ClosedRange<UInt8>
    switch lead {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return nil
    }
    guard index + length <= text.count, second.contains(text[index + 1]) else { return nil }
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for position in (index + 1)..<(index + length) {
      guard text[position] & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(text[position] & 0x3F)
    }
    return Unicode.Scalar(value).map { ($0, length) }
  }
}
