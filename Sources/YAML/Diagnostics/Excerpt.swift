/// Text of a file as a message may repeat it: one short line.
enum Excerpt {
  /// At most 60 characters; line breaks and control characters escaped, so that a file can't forge
  /// lines of output or reach the terminal.
  static func of(_ text: String) -> String { of(text, limit: 60) }

  /// The same of a file's name, which is never cut: whoever reads it has to find the file.
  static func name(ofFile file: String) -> String { of(file, limit: .max) }

  private static func of(_ text: String, limit: Int) -> String {
    var result = ""
    for (count, scalar) in text.unicodeScalars.enumerated() {
      if count == limit { return result + "…" }
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where Printable.needsEscape(scalar): result += name(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// `U+0007`.
  static func name(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
