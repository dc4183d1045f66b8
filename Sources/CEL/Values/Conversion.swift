/// Numbers as text and back: langdef, "Type Conversions".
enum Conversion {
  /// A double as `string(x)` gives it: the shortest decimal that reads back, without a fraction when whole.
  static func string(of value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "+Infinity" }
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension Conversion {
  /// Digits with an optional sign.
  static func int(_ text: String) -> Int64? { Int64(text) }

  /// A decimal with an optional sign and exponent, `NaN`, `Infinity` or `Inf` with an optional sign.
  static func double(_ text: String) -> Double? {
    switch text.lowercased() {
    case "nan": return .nan
    case "inf", "+inf", "infinity", "+infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    default:
      guard text.utf8.allSatisfy({ Lexer.isDigit($0) || "+-.eE".utf8.contains($0) }),
        let value = Double(text), value.isFinite
      else { return nil }
      return value
    }
  }
}
