internal import Text

/// Timestamps and durations as text: langdef, "string" and "timestamp" conversions,
/// [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339).
extension Timestamp {
  /// `2024-02-29T12:00:00.5Z`: UTC, the fraction without trailing zeros.
  public var text: String {
    InternetTime(secondsSince1970: Int(seconds), nanoseconds: Int(nanoseconds)).description
  }

  /// Reads RFC 3339: a date, `T`, a time with up to nine decimals, `Z` or an offset.
  ///
  /// - Returns: nil for anything else, and outside the years 1 to 9999.
  public init?(_ text: String) {
    guard let time = InternetTime(text) else { return nil }
    self.init(seconds: Int64(time.secondsSince1970), nanoseconds: Int32(time.nanoseconds))
  }
}

extension TimeSpan {
  /// Seconds with a fraction without trailing zeros: `-1.5s`.
  public var text: String {
    let sign = seconds < 0 || nanoseconds < 0 ? "-" : ""
    return "\(sign)\(seconds.magnitude)\(InternetTime.decimals(Int(nanoseconds.magnitude)))s"
  }

  /// Reads decimals with the units `h m s ms us µs ns`, several in a row, a sign before all: `1h30m`, `-1.5s`, `0`.
  ///
  /// - Returns: nil for anything else, and beyond 292 years.
  public init?(_ text: String) {
    var reader = DigitReader(text)
    let isNegative = reader.take("-")
    if !isNegative { _ = reader.take("+") }
    var zero = reader
    if zero.take("0"), zero.isAtEnd {
      self.init(totalNanoseconds: 0)
      return
    }
    var total: Int128 = 0
    guard !reader.isAtEnd else { return nil }
    while !reader.isAtEnd {
      guard let decimal = reader.decimal(), let unit = reader.unit() else { return nil }
      // Digits are capped by the reader, so that this can't leave 128 bits.
      total += decimal.whole * unit + decimal.fraction * unit / decimal.scale
      guard total <= Int128(Int64.max) + 1 else { return nil }
    }
    self.init(isNegative ? -total : total)
  }
}

extension DigitReader {
  /// `12.5`: at least one digit on one side of the point.
  fileprivate mutating func decimal() -> (whole: Int128, fraction: Int128, scale: Int128)? {
    var whole: Int128 = 0
    var fraction: Int128 = 0
    var scale: Int128 = 1
    var count = 0
    while let digit = digit() {
      count += 1
      guard whole < 1_000_000_000_000_000_000_000 else { return nil }
      whole = whole * 10 + Int128(digit)
    }
    if take(".") {
      while let digit = digit() {
        count += 1
        // Beyond 18 decimals nothing is left of a nanosecond, whatever the unit.
        guard scale < 1_000_000_000_000_000_000 else { continue }
        fraction = fraction * 10 + Int128(digit)
        scale *= 10
      }
    }
    return count > 0 ? (whole, fraction, scale) : nil
  }

  /// A unit in nanoseconds.
  fileprivate mutating func unit() -> Int128? {
    if take("h") { return 3_600_000_000_000 }
    if take("s") { return 1_000_000_000 }
    if take("m") { return take("s") ? 1_000_000 : 60_000_000_000 }
    if take("u") { return take("s") ? 1_000 : nil }
    if take("n") { return take("s") ? 1 : nil }
    // The micro sign and the Greek letter.
    if take("\u{B5}") || take("\u{3BC}") { return take("s") ? 1_000 : nil }
    return nil
  }
}
