package import Posture

extension TextReport {
  /// `plumb history RECOMMENDATION`: what became of it, instance by instance, where it fails first.
  package static func history(
    _ history: RecommendationHistory, source: HistorySource, options: Options = Options()
  ) -> String {
    var page = options.page
    page.line(
      [TextSpan(history.recommendation, .bold), TextSpan(history.title.map { "  \($0)" } ?? "")])
    if let cutOff = HistoryWords.cutOff(source) { page.line(cutOff, .yellow) }
    if history.isEmpty {
      page.blank()
      page.line("No report on \(source.branch) has it.")
    }
    for course in history.ordered {
      page.blank()
      page.line(
        [TextSpan(course.instance, .bold), TextSpan("  \(course.standingText)")], indent: 2,
        hanging: 2)
      for entry in course.newestFirst {
        page.line(
          [
            entry.mark.span, TextSpan(" \(entry.report.at)  "),
            TextSpan(Words.short(entry.report.revision), .dim), TextSpan("  \(entry.sentence)"),
          ], indent: 4, hanging: 33)
        if let attribution = entry.attribution {
          page.line([TextSpan(attribution, .dim)], indent: 37, hanging: 0)
        }
      }
      if course.entries.isEmpty { page.line("nothing happened in the period", .dim, indent: 4) }
    }
    return page.text
  }
}
