import Posture
import Testing

/// Scores over time, from what reports recorded.
@Suite struct ScoreHistoryTests {
  static func time(_ text: String) throws -> Instant { try #require(Instant(text)) }

  static func report(_ name: String, _ at: String) throws -> ReportReference {
    ReportReference(revision: name, at: try time(at), desiredRevision: nil)
  }

  static func scores(
    _ score: Int?, metric: Int? = nil, instance: Int? = nil, title: String = "Ours"
  ) -> RecordedScores {
    RecordedScores(
      initiatives: [
        RecordedScores.Initiative(
          name: "ours", title: title, targetScore: 80, score: score.map(PrintedScore.init(tenths:)),
          metrics: [
            RecordedScores.Metric(
              name: "users", title: "Users", value: metric.map(PrintedScore.init(tenths:)))
          ])
      ],
      instances: [
        RecordedScores.Instance(
          name: "acme-eu", app: "acme", score: instance.map(PrintedScore.init(tenths:)),
          verdicts: nil)
      ])
  }

  static func history() throws -> ScoreHistory {
    ScoreHistory(
      period: HistoryPeriod(days: 4, until: try time("2026-06-04T12:00:00Z")),
      before: (try report("a", "2026-05-20T00:00:00Z"), scores(700, metric: 900)),
      reports: [
        (try report("b", "2026-06-02T06:00:00Z"), scores(712, metric: 900, instance: 500)),
        (try report("c", "2026-06-02T18:00:00Z"), scores(692, metric: 899, instance: 400)),
        (
          try report("d", "2026-06-04T06:00:00Z"),
          scores(649, metric: nil, instance: 300, title: "Ours now")
        ),
      ])
  }

  @Test("a period is whole days, and the last one ends now")
  func period() throws {
    let period = HistoryPeriod(days: 14, until: try Self.time("2026-06-08T07:00:00Z"))
    #expect(period.since.description == "2026-05-26T00:00:00Z")
    #expect(period.days == 14)
    #expect(period.starts.last?.day == "2026-06-08")
    let other = HistoryPeriod(
      since: try Self.time("2026-06-01T09:00:00Z"), until: try Self.time("2026-06-01T10:00:00Z"))
    #expect(other.since.description == "2026-06-01T00:00:00Z")
    #expect(other.days == 1)
    #expect(
      HistoryPeriod(
        since: try Self.time("2026-06-02"), until: try Self.time("2026-06-01T10:00:00Z")
      ).days == 0)
  }

  @Test("what stood goes on standing, and the last report of a day counts")
  func daily() throws {
    let history = try Self.history()
    let series = history.series
    #expect(
      series.map(\.subject) == [
        .initiative("ours"), .metric("users", initiative: "ours"), .instance("acme-eu"),
      ])
    #expect(history.daily(series[0]).map { $0?.description } == ["70.0", "69.2", "69.2", "64.9"])
    #expect(history.daily(series[1]).map { $0?.description } == ["90.0", "89.9", "89.9", nil])
    #expect(history.daily(series[2]).map { $0?.description } == [nil, "40.0", "40.0", "30.0"])
    #expect(series[0].title == "Ours now")
    #expect(series[0].first?.description == "70.0")
    #expect(series[2].first?.description == "50.0")
    #expect(series[1].last == nil)
    #expect(history.lastOfDays == [1, 2])
  }

  @Test("an initiative that is gone keeps its series, behind those there are")
  func gone() throws {
    let other = RecordedScores(
      initiatives: [
        RecordedScores.Initiative(
          name: "other", title: "Other", targetScore: 1, score: nil, metrics: [])
      ], instances: [])
    let history = ScoreHistory(
      period: HistoryPeriod(days: 1, until: try Self.time("2026-06-02")), before: nil,
      reports: [
        (try Self.report("b", "2026-06-02T00:00:00Z"), Self.scores(700)),
        (try Self.report("c", "2026-06-02T00:00:00Z"), other),
      ])
    #expect(history.series.first?.subject == .initiative("other"))
    #expect(history.series.dropFirst().first?.subject == .initiative("ours"))
    #expect(history.series.dropFirst().first?.last == nil)
  }

  @Test("events are falls by the threshold or more; only one of just the threshold is asked for")
  func events() throws {
    let history = try Self.history()
    var asked: [String] = []
    let events = history.events(threshold: 2) { event in
      asked.append(event.report.revision)
      return false
    }
    #expect(asked == ["c"])
    #expect(events.map { "\($0.report.revision) \($0.from) \($0.to)" } == ["d 69.2 64.9"])
    let all = history.events(threshold: 2) { _ in true }
    #expect(all.map(\.previous.revision) == ["c", "b"])
    #expect(history.events(threshold: 5) { _ in true }.isEmpty)
  }

  @Test(
    "prints tenths",
    arguments: [(712, "71.2"), (0, "0.0"), (-4, "-0.4"), (1_000, "100.0"), (5, "0.5")])
  func printed(tenths: Int, text: String) {
    #expect(PrintedScore(tenths: tenths).description == text)
    #expect(PrintedScore(PrintedScore(tenths: tenths).number)?.tenths == tenths)
  }

  @Test("takes no number that is no score")
  func noScore() {
    #expect(PrintedScore(.infinity) == nil)
    #expect(PrintedScore(.nan) == nil)
  }
}
