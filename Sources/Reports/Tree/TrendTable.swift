internal import Posture

/// What became of an initiative's score, and of its metrics', in the days before the report.
enum TrendTable {
  static func write(
    ofInitiative name: String, in context: TreeContext, _ page: inout MarkdownPage
  ) {
    guard let trend = context.trend else { return }
    let history = trend.history
    let series = history.series.filter { series in
      switch series.subject {
      case .initiative(name): true
      case .metric(_, initiative: name): true
      default: false
      }
    }.filter { !$0.all.isEmpty }
    guard !series.isEmpty else { return }
    page.heading(2, "The last \(history.period.days) days")
    page.paragraph(
      "\(raw: history.period.since.day) to \(raw: history.period.until.day): the score at the end of each day. What was recorded stands until the next report."
    )
    page.table(
      ["", "Day by day", ">First", ">Lowest", ">Highest", ">Last", ">Change"],
      series.map { series in
        [
          "\(series.title)", "\(cell: trend.line(series))", word(series.first),
          word(series.all.min()), word(series.all.max()), word(series.last),
          word(series.first.flatMap { first in series.last.map { $0 - first } }, signed: true),
        ]
      })
  }

  private static func word(_ score: PrintedScore?, signed: Bool = false) -> Markdown {
    score.map { "\(raw: signed ? $0.signed : $0.description)" } ?? "–"
  }
}
