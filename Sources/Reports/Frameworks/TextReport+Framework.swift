package import Posture

extension TextReport {
  /// `plumb show --framework` and `plumb catalog framework`: a framework control by control, with the
  /// recommendations that decide each, and how the instances stand to them.
  package static func framework(
    _ standing: FrameworkStanding, options: Options = Options()
  ) -> String {
    var page = options.page
    page.line("\(standing.framework.title), \(standing.framework.version)", .bold)
    page.line([TextSpan(standing.framework.url, .cyan)])
    if let gap = standing.framework.gap { page.line("Not the whole list: \(gap)", .dim) }
    page.blank()
    for control in standing.controls {
      page.line(
        [
          control.fulfilment.span, TextSpan(" \(control.control.id)", .bold),
          TextSpan(" \(control.control.title)"), TextSpan(" · \(control.fulfilment.words)", .dim),
        ], hanging: 4)
      for mapping in control.recommendations {
        let results = control.results(of: mapping)
        page.line(mapping.text, .dim, indent: 4)
        for result in results {
          let facts =
            result.decision.compliance == .notCompliant
            ? result.verdict.facts.text(most: 3) ?? result.extent : result.decision.reasonText
          page.line(
            [
              symbol(of: result), TextSpan(" \(result.instance)"),
              TextSpan(" \(Words.of(result.decision.compliance))", .dim),
              TextSpan(facts.map { " · \($0)" } ?? "", .dim),
            ], indent: 6, hanging: 2)
        }
      }
      if let gap = control.gap { page.line(gap, .dim, indent: 4) }
    }
    page.blank()
    page.line("\(standing.summary).")
    return page.text
  }

  /// `plumb catalog frameworks`: how much of each framework the catalog decides.
  package static func frameworks(
    _ standings: [FrameworkStanding], options: Options = Options()
  ) -> String {
    var page = options.page
    for standing in standings {
      page.line(
        [
          TextSpan(standing.framework.name, .bold),
          TextSpan("  \(standing.framework.title), \(standing.framework.version): "),
          TextSpan(standing.summary, .dim),
        ], hanging: 2)
    }
    return page.text
  }
}
