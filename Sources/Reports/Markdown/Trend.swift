internal import Posture
internal import Text

/// What became of scores in the days before a report, for a column beside them.
struct Trend {
  let history: ScoreHistory
  private let series: [ScoreHistory.Subject: ScoreHistory.Series]

  /// Nil where there is no report before this one.
  init?(_ history: ScoreHistory) {
    guard history.before != nil || history.reports.count > 1 else { return nil }
    self.history = history
    series = Dictionary(firstOf: history.series.map { ($0.subject, $0) })
  }

  /// `14 days`
  var title: String { Words.count(history.period.days, "day") }

  /// `▁▁▃▃ +8.9`; a dash for what has no score.
  func cell(of subject: ScoreHistory.Subject) -> Markdown {
    guard let series = series[subject], let first = series.first, let last = series.last else {
      return "–"
    }
    return "\(cell: line(series)) \(raw: (last - first).signed)"
  }

  /// The score at the end of each day, one character a day; a dot where there was none.
  func line(_ series: ScoreHistory.Series) -> String {
    ScoreGraph(.blocks).line(history.daily(series)).replacing(" ", with: "·")
  }
}
