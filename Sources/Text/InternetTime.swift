/// A moment as [RFC 3339](https://www.rfc-editor.org/rfc/rfc3339) writes it: `2024-02-29T12:00:00.5Z`.
public struct InternetTime: Sendable, Hashable {
  /// Since 1970-01-01T00:00:00Z, without leap seconds.
  public let secondsSince1970: Int
  /// 0 to 999,999,999, counted forward.
  public let nanoseconds: Int

  /// A moment.
  public init(secondsSince1970: Int, nanoseconds: Int = 0) {
    self.secondsSince1970 = secondsSince1970
    self.nanoseconds = nanoseconds
  }

  /// Reads a date, `T`, a time with up to nine decimals, and `Z` or an offset, which is applied.
  ///
  /// - Parameter isLenient: Takes a blank for the `T`, a leap second for the second before it, and more
  ///   than nine decimals, of which nine count.
  /// - Returns: Nil for every other text. An offset may lead out of the years 0 to 9999.
  public init?(_ text: String, isLenient: Bool = false) {
    var reader = DigitReader(text)
    guard let year = reader.number(digits: 4), reader.take("-"),
      let month = reader.number(digits: 2), reader.take("-"),
      let day = reader.number(digits: 2),
      reader.take("T") || reader.take("t") || isLenient && reader.take(" "),
      let hour = reader.number(digits: 2), reader.take(":"),
      let minute = reader.number(digits: 2), reader.take(":"),
      let second = reader.number(digits: 2),
      (1...12).contains(month), (1...CalendarDate.days(inMonth: month, of: year)).contains(day),
      hour < 24, minute < 60, second < 60 || isLenient && second == 60
    else { return nil }
    var nanoseconds = 0
    if reader.take(".") {
      guard let fraction = reader.nanoseconds(isLenient: isLenient) else { return nil }
      nanoseconds = fraction
    }
    guard let offset = reader.zoneOffset(), reader.isAtEnd else { return nil }
    let days = CalendarDate.daysSince1970(year: year, month: month, day: day)
    secondsSince1970 = days * 86_400 + hour * 3_600 + minute * 60 + min(second, 59) - offset
    self.nanoseconds = nanoseconds
  }

  /// `.5`: the decimals of a second without trailing zeros; nothing for none.
  ///
  /// - Parameter nanoseconds: 0 to 999,999,999.
  public static func decimals(_ nanoseconds: Int) -> String {
    guard nanoseconds > 0 else { return "" }
    var digits = nanoseconds.padded(to: 9)
    while digits.last == "0" { digits.removeLast() }
    return "." + digits
  }
}

extension InternetTime: CustomStringConvertible {
  /// In UTC, the decimals without trailing zeros.
  public var description: String {
    let time = CivilTime(secondsSince1970: secondsSince1970)
    return "\(time.year.padded(to: 4))-\(time.month.padded(to: 2))-\(time.day.padded(to: 2))"
      + "T\(time.hour.padded(to: 2)):\(time.minute.padded(to: 2)):\(time.second.padded(to: 2))"
      + Self.decimals(nanoseconds) + "Z"
  }
}

extension DigitReader {
  /// At least one digit, as nanoseconds; more than nine only where that is allowed.
  fileprivate mutating func nanoseconds(isLenient: Bool) -> Int? {
    var value = 0
    var count = 0
    while let digit = digit() {
      count += 1
      if count <= 9 { value = value * 10 + digit } else if !isLenient { return nil }
    }
    guard count > 0 else { return nil }
    for _ in min(count, 9)..<9 { value *= 10 }
    return value
  }

  /// `Z` or `+02:00` in seconds east of UTC.
  fileprivate mutating func zoneOffset() -> Int? {
    if take("Z") || take("z") { return 0 }
    let isNegative = take("-")
    guard isNegative || take("+"), let hours = number(digits: 2), take(":"),
      let minutes = number(digits: 2), hours < 24, minutes < 60
    else { return nil }
    return (isNegative ? -1 : 1) * (hours * 3_600 + minutes * 60)
  }
}

extension Int {
  /// With zeros before it, up to a width.
  func padded(to width: Int) -> String {
    let digits = String(self)
    return String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
  }
}
