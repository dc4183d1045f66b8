import Posture
import Testing

@testable import Reports

/// Scores as characters.
@Suite struct ScoreGraphTests {
  static func scores(_ tenths: [Int?]) -> [PrintedScore?] {
    tenths.map { $0.map(PrintedScore.init(tenths:)) }
  }

  @Test(
    "draws one character a day, blank where there is no score",
    arguments: [
      ([nil, 700, 700, 649], ScoreGraph.Style.blocks, " ██▁"),
      ([nil, 700, 700, 649], .ascii, " ##_"),
      ([nil, 700, 700, 649], .none, ""),
      // A tenth is no cliff: five points fill the height.
      ([700, 701], .blocks, "▅▅"),
      // Nothing is above 100 or below 0.
      ([1_000, 1_000], .blocks, "██"),
      ([0, 0], .blocks, "▁▁"),
      ([nil, nil], .blocks, ""),
      ([], .blocks, ""),
    ] as [([Int?], ScoreGraph.Style, String)])
  func line(tenths: [Int?], style: ScoreGraph.Style, expected: String) {
    #expect(ScoreGraph(style).line(Self.scores(tenths)) == expected)
  }

  @Test("of a long period each column stands for several days, the last for its last")
  func long() {
    let daily = Self.scores((0..<365).map { $0 == 364 ? 0 : 1_000 })
    let columns = ScoreGraph.columns(daily)
    #expect(columns.count == 53)
    #expect(columns.last??.tenths == 0)
    #expect(ScoreGraph(.blocks).line(daily).count == 53)
  }

  @Test("draws a chart with its scale and its days")
  func chart() throws {
    let period = HistoryPeriod(days: 4, until: try #require(Instant("2026-06-04T12:00:00Z")))
    let daily = Self.scores([nil, 700, 680, 650])
    #expect(
      ScoreGraph(.blocks).chart(daily, period: period, rows: 4).joined(separator: "\n") == """
        70.0 ┤   ███
             ┤   ███▄▄▄
             ┤   ██████
        65.0 ┤   ██████▁▁▁
             └────────────
              2026-06-04
        """)
    #expect(
      ScoreGraph(.ascii).chart(daily, period: period, rows: 4).joined(separator: "\n") == """
        70.0 |   ###
             |   ###...
             |   ######
        65.0 |   ######...
             +------------
              2026-06-04
        """)
    #expect(ScoreGraph(.none).chart(daily, period: period).isEmpty)
    #expect(ScoreGraph(.blocks).chart([nil], period: period).isEmpty)
  }
}
