import Testing
import Text

@Suite("Calendar dates")
struct CalendarDateTests {
  static let known: [(String, Int)] = [
    ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11016), ("2000-03-01", 11017),
    ("2027-03-31", 20908), ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
    ("1900-03-01", -25_508),
  ]

  @Test("count days since 1970", arguments: known)
  func days(text: String, days: Int) throws {
    let date = try #require(CalendarDate(text))
    #expect(date.daysSince1970 == days)
    #expect(date.description == text)
    #expect(CalendarDate(daysSince1970: days) == date)
  }

  @Test("follow one another without gaps over 800 years")
  func consecutive() throws {
    var (year, month, day) = (1600, 1, 1)
    let first = try #require(CalendarDate(year: 1600, month: 1, day: 1)).daysSince1970
    for offset in 0..<292_194 {
      let date = try #require(CalendarDate(daysSince1970: first + offset))
      guard date.year == year, date.month == month, date.day == day else {
        Issue.record("day \(first + offset) is \(date), not \(year)-\(month)-\(day)")
        return
      }
      day += 1
      if day > CalendarDate.days(inMonth: month, of: year) { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
    }
  }

  @Test(
    "refuse what the calendar does not have",
    arguments: [
      "2027-02-29", "1900-02-29", "2024-04-31", "2024-00-01", "2024-13-01", "2024-01-00",
      "2024-01-32", "0000-01-01", "2024-1-1", "24-01-01", "2024/01/01", "2024-01-01T00:00:00Z",
      " 2024-01-01", "", "２０２４-01-01", "+024-01-01",
    ])
  func invalid(text: String) {
    #expect(CalendarDate(text) == nil)
  }

  @Test("compare by time")
  func order() throws {
    let dates = try ["2023-12-31", "2024-01-01", "2024-01-02", "2024-02-01"].map {
      try #require(CalendarDate($0))
    }
    #expect(dates.reversed().sorted() == dates)
    #expect(CalendarDate(daysSince1970: 2_932_897) == nil)
    #expect(CalendarDate(daysSince1970: -719_163) == nil)
  }
}
