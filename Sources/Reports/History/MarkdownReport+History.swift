package import Posture

extension MarkdownReport {
  /// `plumb history`: scores over time.
  package static func history(
    _ report: HistoryReport, graph: ScoreGraph.Style, isVerbose: Bool = false
  ) -> String {
    var page = MarkdownPage()
    let history = report.history
    page.heading(2, "Scores over time")
    notes(history, report.source, &page)
    let rows = HistoryRows(report, isVerbose: isVerbose)
    guard !rows.initiatives.isEmpty || !rows.instances.isEmpty else {
      page.paragraph("\(HistoryWords.nothing(in: history))")
      return page.text
    }
    let graph = ScoreGraph(graph)
    scores("Initiative", rows.initiatives, history, graph, &page)
    scores("Instance", rows.instances, history, graph, &page)
    if rows.hiddenInstances > 0 {
      page.paragraph(MarkdownWords.more(rows.hiddenInstances, "other instances"))
    }
    let columns = HistoryRows.dayColumns(report)
    page.table(
      ["Day", "Report"] + columns.map { ">" + Escaping.cell($0.title) },
      history.lastOfDays.reversed().map { index in
        let report = history.reports[index]
        return ["\(report.at.day)", "\(cell: Words.short(report.revision))"]
          + columns.map { "\($0.scores[index]?.description ?? "–")" }
      })
    return page.text
  }

  private static func notes(
    _ history: ScoreHistory, _ source: HistorySource, _ page: inout MarkdownPage
  ) {
    page.paragraph("\(HistoryWords.extent(history, source)).")
    if let cutOff = HistoryWords.cutOff(source) { page.paragraph("\(cutOff)") }
  }

  private static func scores(
    _ title: String, _ rows: [HistoryRows.Row], _ history: ScoreHistory, _ graph: ScoreGraph,
    _ page: inout MarkdownPage
  ) {
    let hasGraph = graph.style != .none
    page.table(
      [title] + (hasGraph ? ["Trend"] : [])
        + [">From", ">To", ">Change", ">Lowest", ">Highest", ">Target"],
      rows.map { row in
        let series = row.series
        var isHead = title == "Instance"
        if case .initiative = series.subject { isHead = true }
        let name: Markdown = isHead ? "**\(series.title)**" : "\(series.title)"
        let line: [Markdown] =
          hasGraph ? ["\(cell: graph.line(history.daily(series)))"] : []
        let cells: [Markdown] = [
          "\(series.first?.description ?? "–")", "\(series.last?.description ?? "–")",
          "\(raw: row.movement?.signed ?? "–")", "\(row.lowest?.description ?? "–")",
          "\(row.highest?.description ?? "–")", "\(series.target.map { "\($0)" } ?? "")",
        ]
        return [name] + line + cells
      })
  }

  /// `plumb history --events`
  package static func events(
    _ events: [ScoreHistory.Event], of report: HistoryReport, threshold: Int
  ) -> String {
    var page = MarkdownPage()
    page.heading(2, "Events")
    notes(report.history, report.source, &page)
    if events.isEmpty {
      page.paragraph("No score fell by \(Words.count(threshold, "point")) or more.")
    }
    page.table(
      ["At", "Report", "Score", "Movement"],
      events.map { event in
        [
          "\(event.report.at.description)", "\(cell: Words.short(event.report.revision))",
          "\(HistoryWords.title(event, in: report.history))", "\(HistoryWords.fall(event))",
        ]
      })
    return page.text
  }

  /// `plumb history RECOMMENDATION`
  package static func history(_ history: RecommendationHistory, source: HistorySource) -> String {
    var page = MarkdownPage()
    page.heading(2, "\(history.title ?? history.recommendation)")
    page.paragraph("\(code: history.recommendation)")
    if let cutOff = HistoryWords.cutOff(source) { page.paragraph("\(cutOff)") }
    if history.isEmpty { page.paragraph("No report on \(source.branch) has it.") }
    for course in history.ordered {
      page.heading(3, "\(course.instance)")
      page.paragraph("\(course.standingText)")
      page.table(
        ["At", "Report", "What", "Who"],
        course.newestFirst.map { entry in
          [
            "\(entry.report.at.description)", "\(cell: Words.short(entry.report.revision))",
            "\(entry.sentence)", "\(entry.attribution ?? "")",
          ]
        })
    }
    return page.text
  }
}
