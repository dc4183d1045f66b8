import Testing
import YAML

@Suite("Timespans")
struct TimespanTests {
  static let rows: [(String, Int, String)] = [
    ("30m", 1800, "30m"), ("24h", 86_400, "1d"), ("14d", 1_209_600, "14d"),
    ("1d12h", 129_600, "1d12h"), ("2w", 1_209_600, "14d"), ("1w1d1h1m1s", 694_861, "8d1h1m1s"),
    ("0s", 0, "0s"), ("90m", 5400, "1h30m"), ("365d", 31_536_000, "365d"),
  ]

  @Test("are read and written", arguments: rows)
  func read(text: String, seconds: Int, description: String) {
    #expect(Timespan(text)?.seconds == seconds)
    #expect(Timespan(seconds: seconds).description == description)
    #expect(Timespan(description)?.seconds == seconds)
  }

  @Test(
    "refuse other texts",
    arguments: [
      "", "24", "h", "24x", "12h1d", "1h1h", "-1h", "1.5h", "1 h", "1h ", "24H",
      "9223372036854775807d", "9223372036854775807s", "3650001d", "99999999999999999999s", "٣h",
    ])
  func invalid(text: String) {
    #expect(Timespan(text) == nil)
  }
}
