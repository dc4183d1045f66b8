package import Posture

extension TextReport {
  /// `plumb history`: scores over time.
  package static func history(
    _ report: HistoryReport, graph: ScoreGraph.Style, options: Options = Options()
  ) -> String {
    var page = options.page
    let history = report.history
    page.line(HistoryWords.extent(history, report.source), .dim)
    if let cutOff = HistoryWords.cutOff(report.source) { page.line(cutOff, .yellow) }
    let rows = HistoryRows(report, isVerbose: options.isVerbose)
    guard !rows.initiatives.isEmpty || !rows.instances.isEmpty else {
      page.blank()
      page.line(HistoryWords.nothing(in: history))
      return page.text
    }
    let graph = ScoreGraph(graph)
    scores("INITIATIVE", rows.initiatives, history, graph, &page)
    scores("INSTANCE", rows.instances, history, graph, &page)
    if rows.hiddenInstances > 0 {
      page.line(
        "and \(Words.count(rows.hiddenInstances, "other instance")): add --verbose", .dim,
        indent: 2)
    }
    let told = rows.initiatives + rows.instances
    if told.count == 1 || (rows.instances.isEmpty && rows.initiatives.count { isHead($0) } == 1) {
      chart(told[0].series, history, graph, &page)
    }
    days(report, &page, isVerbose: options.isVerbose)
    return page.text
  }

  private static func isHead(_ row: HistoryRows.Row) -> Bool {
    if case .initiative = row.series.subject { return true }
    return false
  }

  private static func scores(
    _ title: String, _ rows: [HistoryRows.Row], _ history: ScoreHistory, _ graph: ScoreGraph,
    _ page: inout TextPage
  ) {
    guard !rows.isEmpty else { return }
    page.blank()
    let hasTargets = rows.contains { $0.series.target != nil }
    var columns: [TextTable.Column] = [.init(title: title, isFlexible: true)]
    if graph.style != .none { columns.append(.init(title: "TREND")) }
    columns += [
      .init(title: "FROM", isRightAligned: true), .init(title: "TO", isRightAligned: true),
      .init(title: "CHANGE", isRightAligned: true),
      .init(title: "LOWEST", isRightAligned: true, rank: 2),
      .init(title: "HIGHEST", isRightAligned: true, rank: 1),
    ]
    if hasTargets { columns.append(.init(title: "TARGET", isRightAligned: true)) }
    var table = TextTable(columns)
    for row in rows {
      let series = row.series
      let isHead = isHead(row) || title == "INSTANCE"
      let movement = row.movement
      let style: TextStyle = movement?.isNegative == true ? .red : .green
      var cells = [
        TextSpan((isHead ? "" : "  ") + series.title, isHead ? .bold : .plain)
      ]
      if graph.style != .none {
        cells.append(TextSpan(whole: graph.line(history.daily(series)), .cyan))
      }
      cells += [
        TextSpan(series.first?.description ?? "–"), TextSpan(series.last?.description ?? "–"),
        TextSpan(
          movement?.signed ?? "–", movement?.isZero ?? true ? .plain : style),
        TextSpan(row.lowest?.description ?? "–"), TextSpan(row.highest?.description ?? "–"),
      ]
      if hasTargets {
        let isBelow = series.target.map { target in
          series.last.map { $0.tenths < target * 10 } ?? true
        }
        cells.append(
          TextSpan(series.target.map { "\($0)" } ?? "", isBelow == true ? .yellow : .green))
      }
      table.add(cells)
    }
    page.table(table, indent: 2)
  }

  private static func chart(
    _ series: ScoreHistory.Series, _ history: ScoreHistory, _ graph: ScoreGraph,
    _ page: inout TextPage
  ) {
    let lines = graph.chart(history.daily(series), period: history.period)
    guard !lines.isEmpty else { return }
    page.blank()
    page.verbatim(lines, indent: 2)
  }

  /// The last report of each day, the newest first.
  private static func days(_ report: HistoryReport, _ page: inout TextPage, isVerbose: Bool) {
    let history = report.history
    let columns = HistoryRows.dayColumns(report)
    let days = Array(history.lastOfDays.reversed())
    guard !columns.isEmpty, !days.isEmpty else { return }
    page.blank()
    var table = TextTable(
      [.init(title: "DAY"), .init(title: "REPORT")]
        + columns.map { .init(title: $0.title, isRightAligned: true, isFlexible: true) })
    let shown = isVerbose ? days[...] : days.prefix(14)
    for index in shown {
      let report = history.reports[index]
      table.add(
        [TextSpan(report.at.day), TextSpan(Words.short(report.revision), .dim)]
          + columns.map { series in
            let before = index == 0 ? series.before : series.scores[index - 1]
            guard let score = series.scores[index] else { return TextSpan("–") }
            guard let movement = before.map({ score - $0 }), !movement.isZero else {
              return TextSpan(score.description)
            }
            return TextSpan(score.description, movement.isNegative ? .red : .green)
          })
    }
    page.table(table, indent: 2)
    if shown.count < days.count {
      page.line(
        "and \(Words.count(days.count - shown.count, "earlier day")): add --verbose", .dim,
        indent: 2)
    }
  }

  /// `plumb history --events`: falls by the threshold or more.
  package static func events(
    _ events: [ScoreHistory.Event], of report: HistoryReport, threshold: Int,
    options: Options = Options()
  ) -> String {
    var page = options.page
    page.line(HistoryWords.extent(report.history, report.source), .dim)
    if let cutOff = HistoryWords.cutOff(report.source) { page.line(cutOff, .yellow) }
    page.blank()
    guard !events.isEmpty else {
      page.line("No score fell by \(Words.count(threshold, "point")) or more.")
      return page.text
    }
    for event in events {
      page.line(
        [
          ChangeMark.attention.span, TextSpan(" \(event.report.at)  "),
          TextSpan(Words.short(event.report.revision), .dim),
          TextSpan("  \(HistoryWords.title(event, in: report.history))", .bold),
          TextSpan(" \(HistoryWords.fall(event))"),
        ], indent: 2, hanging: 33)
    }
    return page.text
  }
}
