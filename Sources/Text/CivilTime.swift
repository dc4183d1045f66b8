/// A date and a time of day of the proleptic Gregorian calendar, of any year, without a time zone.
public struct CivilTime: Sendable, Hashable {
  /// Zero and negative before the year 1.
  public let year: Int
  /// 1 to 12.
  public let month: Int
  /// 1 to 31.
  public let day: Int
  /// 0 to 23.
  public let hour: Int
  /// 0 to 59.
  public let minute: Int
  /// 0 to 59.
  public let second: Int
  /// 0 for Sunday.
  public let weekday: Int
  /// 0 for 1 January.
  public let dayOfYear: Int

  /// What a clock shows so many seconds after 1970-01-01T00:00:00; before it where they are negative.
  public init(secondsSince1970 seconds: Int) {
    let days = CalendarDate.daysSince1970(ofSecond: seconds)
    let rest = seconds - days * 86_400
    hour = rest / 3_600
    minute = rest % 3_600 / 60
    second = rest % 60
    weekday = ((days + 4) % 7 + 7) % 7
    (year, month, day) = CalendarDate.parts(ofDay: days)
    dayOfYear = days - CalendarDate.daysSince1970(year: year, month: 1, day: 1)
  }
}
