/// Timestamps and durations as text: langdef, "string" and "timestamp" conversions,
/// [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339).
extension Timestamp {
  /// `2024-02-29T12:00:00.5Z`: UTC, the fraction without trailing zeros.
  public var text: String {
    let date = CivilDate(seconds: seconds)
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
    let year =
      String(repeating: "0", count: max(0, 4 - String(date.year).count)) + String(date.year)
    return "\(year)-\(two(date.month))-\(two(date.day))"
      + "T\(two(date.hour)):\(two(date.minute)):\(two(date.second))"
      + Self.fraction(Int(nanoseconds)) + "Z"
  }

  static func fraction(_ nanoseconds: Int) -> String {
    guard nanoseconds > 0 else { return "" }
    var digits = String(nanoseconds)
    digits = String(repeating: "0", count: 9 - digits.count) + digits
    while digits.last == "0" { digits.removeLast() }
    return "." + digits
  }

  /// Reads RFC 3339: a date, `T`, a time with up to nine decimals, `Z` or an offset.
  ///
  /// - Returns: nil for anything else, and outside the years 1 to 9999.
  public init?(_ text: String) {
    var reader = DigitReader(Array(text.utf8))
    guard let year = reader.number(digits: 4), reader.take("-"),
      let month = reader.number(digits: 2), reader.take("-"),
      let day = reader.number(digits: 2), reader.take("T") || reader.take("t"),
      let hour = reader.number(digits: 2), reader.take(":"),
      let minute = reader.number(digits: 2), reader.take(":"),
      let second = reader.number(digits: 2),
      (1...12).contains(month), (1...CivilDate.days(in: month, of: year)).contains(day),
      hour < 24, minute < 60, second < 60
    else { return nil }
    var nanoseconds = 0
    if reader.take(".") {
      guard let fraction = reader.fraction() else { return nil }
      nanoseconds = fraction
    }
    guard let offset = reader.zoneOffset(), reader.isAtEnd else { return nil }
    let days = CivilDate.daysSince1970(year: year, month: month, day: day)
    let local = days * 86_400 + hour * 3_600 + minute * 60 + second
    self.init(seconds: Int64(local - offset), nanoseconds: Int32(nanoseconds))
  }
}

extension TimeSpan {
  /// Seconds with a fraction without trailing zeros: `-1.5s`.
  public var text: String {
    let sign = seconds < 0 || nanoseconds < 0 ? "-" : ""
    return "\(sign)\(seconds.magnitude)\(Timestamp.fraction(Int(nanoseconds.magnitude)))s"
  }

  /// Reads decimals with the units `h m s ms us µs ns`, several in a row, a sign before all: `1h30m`, `-1.5s`, `0`.
  ///
  /// - Returns: nil for anything else, and beyond 292 years.
  public init?(_ text: String) {
    var reader = DigitReader(Array(text.utf8))
    let isNegative = reader.take("-")
    if !isNegative { _ = reader.take("+") }
    if reader.isExactly("0") {
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

/// Reads digits and marks from left to right.
private struct DigitReader {
  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { index == bytes.count }

  func isExactly(_ mark: Unicode.Scalar) -> Bool {
    index == bytes.count - 1 && bytes[index] == UInt8(ascii: mark)
  }

  mutating func take(_ mark: Unicode.Scalar) -> Bool {
    guard index < bytes.count, bytes[index] == UInt8(ascii: mark) else { return false }
    index += 1
    return true
  }

  private mutating func digit() -> Int? {
    guard index < bytes.count, Lexer.isDigit(bytes[index]) else { return nil }
    defer { index += 1 }
    return Int(bytes[index] - UInt8(ascii: "0"))
  }

  mutating func number(digits count: Int) -> Int? {
    var value = 0
    for _ in 0..<count {
      guard let digit = digit() else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  /// One to nine digits as nanoseconds.
  mutating func fraction() -> Int? {
    var value = 0
    var count = 0
    while let digit = digit() {
      count += 1
      guard count <= 9 else { return nil }
      value = value * 10 + digit
    }
    guard count > 0 else { return nil }
    for _ in count..<9 { value *= 10 }
    return value
  }

  /// `Z` or `+02:00` in seconds east of UTC.
  mutating func zoneOffset() -> Int? {
    if take("Z") || take("z") { return 0 }
    let isNegative = take("-")
    guard isNegative || take("+"), let hours = number(digits: 2), take(":"),
      let minutes = number(digits: 2), hours < 24, minutes < 60
    else { return nil }
    return (isNegative ? -1 : 1) * (hours * 3_600 + minutes * 60)
  }

  /// `12.5`: at least one digit on one side of the point.
  mutating func decimal() -> (whole: Int128, fraction: Int128, scale: Int128)? {
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
  mutating func unit() -> Int128? {
    if take("h") { return 3_600_000_000_000 }
    if take("s") { return 1_000_000_000 }
    if take("m") { return take("s") ? 1_000_000 : 60_000_000_000 }
    if take("u") { return take("s") ? 1_000 : nil }
    if take("n") { return take("s") ? 1 : nil }
    // The micro sign U+00B5 and the Greek letter U+03BC.
    for mark in [[0xC2, 0xB5], [0xCE, 0xBC]] as [[UInt8]] where bytes[index...].starts(with: mark) {
      index += 2
      return take("s") ? 1_000 : nil
    }
    return nil
  }
}
