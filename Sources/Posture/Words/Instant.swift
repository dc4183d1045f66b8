internal import Text

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
    guard
      let seconds = InternetTime(text, isLenient: true)?.secondsSince1970
        ?? CalendarDate(text).map({ $0.daysSince1970 * 86_400 }),
      Self.range.contains(seconds)
    else { return nil }
    secondsSince1970 = seconds
  }

  package var description: String { InternetTime(secondsSince1970: secondsSince1970).description }

  /// The day in UTC: `2026-06-01`.
  package var day: String { String(description.prefix { $0 != "T" }) }

  /// The day in UTC, in days since 1970-01-01.
  package var daysSince1970: Int { CalendarDate.daysSince1970(ofSecond: secondsSince1970) }

  package static func < (left: Instant, right: Instant) -> Bool {
    left.secondsSince1970 < right.secondsSince1970
  }
}
