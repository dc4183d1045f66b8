import Testing

@testable import Posture

@Suite struct InstantTests {
  @Test(
    "reads RFC 3339 and writes it in UTC",
    arguments: [
      ("2026-06-01T06:00:00Z", "2026-06-01T06:00:00Z"),
      ("2026-06-01T06:00:00.307Z", "2026-06-01T06:00:00Z"),
      ("2026-06-01T08:30:00+02:30", "2026-06-01T06:00:00Z"),
      ("2026-05-31T23:00:00-07:00", "2026-06-01T06:00:00Z"),
      ("2026-06-01", "2026-06-01T00:00:00Z"),
      ("2024-02-29t23:59:60z", "2024-02-29T23:59:59Z"),
      ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"),
      ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
    ])
  func reading(text: String, written: String) {
    #expect(Instant(text)?.description == written)
  }

  @Test(
    "refuses what is no time",
    arguments: [
      "", "yesterday", "2026-13-01", "2026-02-30", "2026-06-01T", "2026-06-01T25:00:00Z",
      "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+00:01",
      "2026-06-01T06:00:00", "2026-06-01T06:00:00.Z", "2026-06-01T06:00:00Zulu",
      "2026-06-01T06:00:00+2:00", "2026-6-1",
    ])
  func refusing(text: String) {
    #expect(Instant(text) == nil)
  }

  @Test(
    "what was computed can be written and read, however large the number",
    arguments: [
      (Int.max, "9999-12-31T23:59:59Z"), (Int.min, "0001-01-01T00:00:00Z"),
      (253_402_300_800, "9999-12-31T23:59:59Z"), (0, "1970-01-01T00:00:00Z"),
    ])
  func bounds(seconds: Int, written: String) {
    let instant = Instant(secondsSince1970: seconds)
    #expect(instant.description == written)
    #expect(Instant(written) == instant)
    #expect(
      Instant(secondsSince1970: 1).adding(seconds: seconds).description
        == (seconds == 0 ? "1970-01-01T00:00:01Z" : written))
  }
}
