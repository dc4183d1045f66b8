/// How a scalar is spelt: as itself, quoted, or as a literal block.
enum ScalarText {
  /// Where a scalar stands: inside brackets, `,` and brackets would end it.
  enum Context { case block, flow }

  /// A string on one line, quoted where it must be.
  static func write(_ text: String, in context: Context) -> String {
    if text.unicodeScalars.contains(where: Printable.needsEscape) { return doubleQuoted(text) }
    if isPlain(text, in: context) { return text }
    // What is hard to read with backslashes is easier in single quotes.
    if text.utf8.contains(UInt8(ascii: "\"")) || text.utf8.contains(UInt8(ascii: "\\")) {
      return "'"
        + text.split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: "''") + "'"
    }
    return "\"" + text + "\""
  }

  /// A number that the core schema reads as the same number, and never as an integer.
  static func write(_ number: Double) -> String {
    if number.isNaN { return ".nan" }
    if number.isInfinite { return number < 0 ? "-.inf" : ".inf" }
    return number.description
  }

  /// Whether a literal block reads as the text again, and shows all of it: no blanks at the ends of
  /// lines, none at the beginning of the text, nothing that needs an escape.
  static func fitsLiteral(_ text: String) -> Bool {
    let bytes = text.utf8
    guard bytes.contains(UInt8(ascii: "\n")), let first = bytes.first,
      ![UInt8(ascii: "\n"), UInt8(ascii: " ")].contains(first)
    else { return false }
    var previous: UInt8 = 0
    var beforePrevious: UInt8 = 0
    for byte in bytes {
      if byte == UInt8(ascii: "\n"), previous == UInt8(ascii: " ") { return false }
      (beforePrevious, previous) = (previous, byte)
    }
    // One line break at the end at most: more would need `|+`, which reaches for what follows.
    if previous == UInt8(ascii: " ") { return false }
    if previous == UInt8(ascii: "\n"), beforePrevious == UInt8(ascii: "\n") { return false }
    return text.unicodeScalars.allSatisfy { $0 == "\n" || !Printable.needsEscape($0) }
  }

  private static func doubleQuoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where Printable.needsEscape(scalar):
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let (letter, width) =
          scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
        result += "\\" + letter + String(repeating: "0", count: width - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// Whether a text without escapes reads as itself without quotes.
  private static func isPlain(_ text: String, in context: Context) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, let last = bytes.last else { return false }
    if first == UInt8(ascii: " ") || last == UInt8(ascii: " ") || last == UInt8(ascii: ":") {
      return false
    }
    if "-?:,[]{}#&*!|>'\"%@`=".utf8.contains(first) {
      // `-x` is a text like any other, `- x` and `-` are list items.
      let isDash = first == UInt8(ascii: "-") && bytes.count > 1 && context == .block
      guard isDash, bytes[1] != UInt8(ascii: " "), !bytes.starts(with: "---".utf8) else {
        return false
      }
    }
    if bytes.starts(with: "...".utf8) { return false }
    for (byte, next) in zip(bytes, bytes.dropFirst()) {
      if byte == UInt8(ascii: ":"), next == UInt8(ascii: " ") { return false }
      if byte == UInt8(ascii: " "), next == UInt8(ascii: "#") { return false }
    }
    if context == .flow, bytes.contains(where: { ",[]{}:#".utf8.contains($0) }) { return false }
    return !looksTyped(text, bytes)
  }

  /// Whether YAML 1.2's core schema, or YAML 1.1's types, would read a text as something else.
  private static func looksTyped(_ text: String, _ bytes: [UInt8]) -> Bool {
    switch CoreScalar(text) {
    case .string: break
    default: return true
    }
    if bytes.count <= 5, Self.words.contains(text.lowercased()) { return true }
    // 1_000, 2024-01-01, 12:30:00, 2001-12-14 21:59:43.10 -5, 0b101, 1e3, +1.
    var rest = bytes[...]
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    guard let first = rest.first else { return true }
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard digits.contains(first) || first == UInt8(ascii: ".") else { return false }
    let prefix = rest.prefix(2).map { $0 | 0x20 }
    if prefix == Array("0x".utf8) || prefix == Array("0b".utf8) || prefix == Array("0o".utf8) {
      return true
    }
    return rest.allSatisfy { digits.contains($0) || "_.:+-eEtTzZ ".utf8.contains($0) }
  }

  /// The words of YAML 1.1's bool, null and merge key, in lower case.
  private static let words: Set<String> = [
    "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "<<",
  ]
}
