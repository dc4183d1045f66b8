package import Posture

extension MarkdownReport {
  /// `plumb instances`: every declared instance.
  package static func instances(_ plan: Comparison, filter: PlanFilter = PlanFilter()) -> String {
    let shown = filter.applied(to: plan)
    var page = MarkdownPage()
    page.heading(2, "Instances")
    if shown.instances.isEmpty {
      page.paragraph("No instance is declared that the filter shows.")
    }
    page.table(
      ["Instance", "App", "Recommendations", ">Score", ">Coverage", "Observed", "Note"],
      shown.instances.map { instance in
        [
          "\(cell: instance.name)", "\(instance.appTitle)",
          "\(instance.recommendations ? "on" : "off")", MarkdownWords.score(instance.card.score),
          MarkdownWords.percentage(instance.card.coverage.percentage),
          "\(instance.recommendations ? instance.observedAt?.description ?? "never" : "–")",
          "\(instance.staleReason.map(Phrases.text) ?? "")",
        ]
      })
    return page.text
  }
}
