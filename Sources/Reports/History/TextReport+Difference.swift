package import Posture

extension TextReport {
  /// `plumb diff`: as a plan, between two reports.
  package static func difference(
    from: ReportReference, to: ReportReference, _ comparison: Comparison,
    options: Options = Options()
  ) -> String {
    var writer = PlanText(comparison, options: options)
    return writer.difference(from: from, to: to)
  }
}

extension PlanText {
  mutating func difference(from: ReportReference, to: ReportReference) -> String {
    for (name, report) in [("From", from), ("To", to)] {
      let desired = report.desiredRevision.map { ", desired state \(Words.short($0))" } ?? ""
      page.line([
        TextSpan(name.padded(to: 6)), TextSpan(Words.short(report.revision), .bold),
        TextSpan("  \(report.at)"), TextSpan(desired, .dim),
      ])
    }
    legend()
    results()
    drift()
    control()
    exceptions()
    scores()
    observations()
    page.blank()
    let hidden = everything.changes.count - shown.changes.count
    page.line([TextSpan("Between them:", .bold), TextSpan(" \(Headline(shown).text).")])
    if hidden > 0 { page.line("The filter hides \(Words.count(hidden, "other change")).", .dim) }
    return page.text
  }

  /// What can be observed that could not, and the reverse.
  private mutating func observations() {
    guard !groups.gaps.isEmpty else { return }
    page.heading("Observation")
    for change in groups.gaps {
      let mark: ChangeMark =
        change.type == .sourceChanged ? .changed : change.type.tellsSight ? .resolved : .attention
      page.line(
        [
          mark.span,
          TextSpan(" \(Phrases.subject(of: change))", .bold),
          TextSpan(" \(Words.declaration(change))"),
        ], indent: 2, hanging: 2)
    }
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
