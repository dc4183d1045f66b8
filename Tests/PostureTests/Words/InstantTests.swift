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
      "2026-06-01T06:00:00", "2026-06-01T06:00:00.Z", "2026-06-01T06:00:00Zulu",
      "2026-06-01T06:00:00+2:00", "2026-6-1",
    ])
  func refusing(text: String) {
    #expect(Instant(text) == nil)
  }
}
