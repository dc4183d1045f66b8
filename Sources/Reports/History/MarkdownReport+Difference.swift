package import Posture

extension MarkdownReport {
  /// `plumb diff`: as a plan, between two reports.
  package static func difference(
    from: ReportReference, to: ReportReference, _ comparison: Comparison,
    filter: PlanFilter = PlanFilter(),
    limit: Int = commentLimit
  ) -> String {
    fitting(limit) { most in
      PlanMarkdown(comparison, filter: filter, mostItems: most, limit: limit)
        .difference(from: from, to: to)
    }
  }
}

extension PlanMarkdown {
  func difference(from: ReportReference, to: ReportReference) -> String {
    var writer = self
    writer.header()
    writer.results()
    writer.drift()
    writer.declarations()
    writer.events()
    writer.observations()
    writer.limits()
    func name(_ report: ReportReference) -> Markdown {
      "\(code: Words.short(report.revision)) of \(report.at.description)"
    }
    writer.page.paragraph("Report \(name(from)) compared with \(name(to)).")
    return writer.page.text
  }

  private mutating func observations() {
    guard !groups.gaps.isEmpty else { return }
    page.heading(3, "Observation")
    bullets(
      "change of what can be observed", plural: "changes of what can be observed",
      groups.gaps.map { "**\(Phrases.subject(of: $0))** \(Words.declaration($0))" })
  }
}
