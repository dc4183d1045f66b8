import Testing
import Text

@Suite("Times of RFC 3339")
struct InternetTimeTests {
  @Test(
    "are read with their offset, and written in UTC",
    arguments: [
      ("2026-06-01T06:00:00Z", "2026-06-01T06:00:00Z"),
      ("2026-06-01t06:00:00z", "2026-06-01T06:00:00Z"),
      ("2026-06-01T08:30:00.500+02:30", "2026-06-01T06:00:00.5Z"),
      ("2026-05-31T23:00:00.000000001-07:00", "2026-06-01T06:00:00.000000001Z"),
      ("1969-12-31T23:59:59.9Z", "1969-12-31T23:59:59.9Z"),
      ("0000-02-29T00:00:00Z", "0000-02-29T00:00:00Z"),
    ])
  func reading(text: String, written: String) {
    #expect(InternetTime(text)?.description == written)
    #expect(InternetTime(text, isLenient: true)?.description == written)
  }

  @Test(
    "are taken with a blank, a leap second or many decimals where that is allowed",
    arguments: [
      ("2026-06-01 06:00:00Z", "2026-06-01T06:00:00Z"),
      ("2024-02-29T23:59:60Z", "2024-02-29T23:59:59Z"),
      ("2026-06-01T06:00:00.1234567891Z", "2026-06-01T06:00:00.123456789Z"),
    ])
  func lenient(text: String, written: String) {
    #expect(InternetTime(text) == nil)
    #expect(InternetTime(text, isLenient: true)?.description == written)
  }

  @Test(
    "are nothing else",
    arguments: [
      "", "2026-06-01", "2026-06-01T", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z",
      "2026-06-00T00:00:00Z", "2026-06-01T24:00:00Z", "2026-06-01T06:60:00Z",
      "2026-06-01T06:00:61Z", "2026-06-01T06:00:00", "2026-06-01T06:00:00.Z",
      "2026-06-01T06:00:00Zulu", "2026-06-01T06:00:00+2:00", "2026-06-01T06:00:00+24:00",
      "2026-06-01T06:00:00+0200", "２026-06-01T06:00:00Z",
    ])
  func refusing(text: String) {
    #expect(InternetTime(text, isLenient: true) == nil)
  }

  @Test(
    "name the weekday and the day of the year",
    arguments: [
      (0, "1970-1-1 0:0:0", 4, 0), (-1, "1969-12-31 23:59:59", 3, 364),
      (951_782_400, "2000-2-29 0:0:0", 2, 59), (-62_167_219_200, "0-1-1 0:0:0", 6, 0),
      (-62_167_219_201, "-1-12-31 23:59:59", 5, 364),
    ])
  func civil(seconds: Int, shown: String, weekday: Int, dayOfYear: Int) {
    let time = CivilTime(secondsSince1970: seconds)
    #expect(
      "\(time.year)-\(time.month)-\(time.day) \(time.hour):\(time.minute):\(time.second)" == shown)
    #expect(time.weekday == weekday)
    #expect(time.dayOfYear == dayOfYear)
  }

  @Test(
    "stand in HTTP headers too",
    arguments: [
      ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
      ("Sun, 06 Nov 1994 08:49:37 UTC", nil), ("Sun, 31 Nov 1994 08:49:37 GMT", nil),
      ("Sun, 06 Nov 1994 24:49:37 GMT", nil), ("06 Nov 1994 08:49:37 GMT", nil), ("", nil),
    ] as [(String, Int?)])
  func header(text: String, seconds: Int?) {
    #expect(HTTPDate.secondsSince1970(of: text) == seconds)
  }
}
