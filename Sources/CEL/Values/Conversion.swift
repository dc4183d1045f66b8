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
