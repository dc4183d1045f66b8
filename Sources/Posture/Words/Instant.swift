internal import YAML

/// A moment in UTC, in whole seconds, as Plumb writes it everywhere: `2026-06-01T06:00:00Z`.
package struct Instant: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Seconds since 1970-01-01T00:00:00Z, within the years 1 to 9999.
  package let secondsSince1970: Int

  /// The first and the last second of the years 1 to 9999: what can be written can be read again.
  private static let range = -62_135_596_800...253_402_300_799

  /// A moment; one outside the years 1 to 9999 is the first or the last second of them.
  package init(secondsSince1970: Int) {
    self.secondsSince1970 = min(max(secondsSince1970, Self.range.lowerBound), Self.range.upperBound)
  }

  /// The moment so many seconds later, or earlier where they are negative, within the years 1 to 9999.
  package func adding(seconds: Int) -> Instant {
    let (sum, overflow) = secondsSince1970.addingReportingOverflow(seconds)
    return Instant(secondsSince1970: overflow ? (seconds < 0 ? Int.min : Int.max) : sum)
  }

  /// Reads RFC 3339; fractions of a second are dropped, offsets are applied.
  ///
  /// A date alone (`2026-06-01`) is its midnight in UTC. Nil when the text is neither, and when an
  /// offset leads out of the years 1 to 9999.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    func number(_ range: Range<Int>) -> Int? {
      guard range.upperBound <= bytes.count else { return nil }
      var value = 0
      for byte in bytes[range] {
        guard (48...57).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 48)
      }
      return value
    }
    guard bytes.count >= 10, bytes[4] == 45, bytes[7] == 45, let year = number(0..<4),
      let month = number(5..<7), let day = number(8..<10),
      let date = CalendarDate(year: year, month: month, day: day)
    else { return nil }
    var seconds = date.daysSince1970 * 86_400
    if bytes.count > 10 {
      guard bytes.count >= 20, [84, 116, 32].contains(bytes[10]), bytes[13] == 58, bytes[16] == 58,
        let hour = number(11..<13), hour < 24, let minute = number(14..<16), minute < 60,
        let second = number(17..<19), second <= 60
      else { return nil }
      seconds += hour * 3_600 + minute * 60 + min(second, 59)
      var index = 19
      if bytes[index] == 46 {
        let digits = bytes[(index + 1)...].prefix { (48...57).contains($0) }
        guard !digits.isEmpty else { return nil }
        index += 1 + digits.count
      }
      guard index < bytes.count else { return nil }
      switch bytes[index] {
      case 90, 122:
        guard index + 1 == bytes.count else { return nil }
      case 43, 45:
        guard bytes.count == index + 6, bytes[index + 3] == 58,
          let hours = number(index + 1..<index + 3), hours < 24,
          let minutes = number(index + 4..<index + 6), minutes < 60
        else { return nil }
        let offset = hours * 3_600 + minutes * 60
        seconds -= bytes[index] == 43 ? offset : -offset
      default: return nil
      }
    }
    guard Self.range.contains(seconds) else { return nil }
    secondsSince1970 = seconds
  }

  package var description: String {
    let second = secondsSince1970 - days * 86_400
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let day = CalendarDate(daysSince1970: days)?.description ?? "(no day \(days))"
    return "\(day)T\(two(second / 3_600)):\(two(second / 60 % 60)):\(two(second % 60))Z"
  }

  /// The day in UTC: `2026-06-01`.
  package var day: String { String(description.prefix { $0 != "T" }) }

  private var days: Int {
    secondsSince1970 >= 0 ? secondsSince1970 / 86_400 : -((86_399 - secondsSince1970) / 86_400)
  }

  package static func < (left: Instant, right: Instant) -> Bool {
    left.secondsSince1970 < right.secondsSince1970
  }
}
