/// Characters that a reader does not see, or that change how the text around them is seen.
///
/// Labels and settings come from tenants, words from pull requests: hostile text. A reader must see
/// what is there, so these are written as `\u{202E}` in every report. They are the controls (C0, C1,
/// line and paragraph separators), what Unicode calls default-ignorable (zero-width characters,
/// directional overrides and isolates, soft hyphens, tags, fillers) and interlinear annotations.
///
/// The `[` of `##[` is spelt out too: the runner of GitHub Actions obeys `##[command]` wherever it
/// stands in a line of a job's log, and every report may be printed there.
enum HiddenScalars {
  /// The text with every hidden character spelt out, and tabs and line breaks as `\t`, `\n`, `\r`.
  static func spelledOut(_ text: String) -> String {
    guard needsSpelling(text) else { return text }
    var result = ""
    var previous: Unicode.Scalar?
    var hashes = 0
    for scalar in text.unicodeScalars {
      if isHidden(scalar, after: previous) || (scalar == "[" && hashes >= 2) {
        result += name(of: scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
      hashes = scalar == "#" ? hashes + 1 : 0
      previous = scalar
    }
    return result
  }

  /// Whether a scalar is spelt out where it stands.
  static func isHidden(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar?) -> Bool {
    switch scalar.value {
    case 0x20...0x7E: return false
    // Joiners and variation selectors belong to scripts and emoji; between ASCII they only deceive.
    case 0x200C, 0x200D: return !(previous.map(joins) ?? false)
    // Digits, `#` and `*` become keycaps.
    case 0xFE00...0xFE0F: return !(previous.map { joins($0) || $0.properties.isEmoji } ?? false)
    case 0xFFF9...0xFFFB: return true
    default: break
    }
    let properties = scalar.properties
    if properties.isDefaultIgnorableCodePoint { return true }
    return switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate: true
    default: false
    }
  }

  static func name(of scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\t": "\\t"
    case "\n": "\\n"
    case "\r": "\\r"
    default: "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    }
  }

  /// Most text has none: then nothing is copied.
  private static func needsSpelling(_ text: String) -> Bool {
    var previous: UInt8 = 0
    for byte in text.utf8 {
      if !(0x20...0x7E).contains(byte) { return true }
      if byte == UInt8(ascii: "["), previous == UInt8(ascii: "#") { return true }
      previous = byte
    }
    return false
  }

  private static func joins(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 { return false }
    if (0xFE00...0xFE0F).contains(scalar.value) { return true }
    return scalar.properties.isAlphabetic || scalar.properties.isEmoji
      || [.nonspacingMark, .spacingMark, .enclosingMark]
        .contains(scalar.properties.generalCategory)
  }
}
