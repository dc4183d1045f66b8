internal import Posture
internal import Text

/// `initiatives/<name>.md`: one initiative, its metrics, and what completing each recommendation
/// adds to it.
enum InitiativePage {
  private static let mostResults = 200

  static func render(_ initiative: InitiativePlan, in context: TreeContext) -> [UInt8] {
    let score = initiative.score
    let here = TreePage.initiative(initiative.name)
    var page = MarkdownPage()
    page.heading(1, "\(score.definition.title)")
    page.paragraph(here.navigation)
    if !initiative.description.isEmpty { page.paragraph("\(initiative.description)") }
    page.table(
      [">Score", ">Target", "Change", ">Planned", ">Achievable", ">Coverage"],
      [
        [
          MarkdownWords.score(score.score), "\(score.definition.targetScore)",
          MarkdownWords.trend(from: initiative.before, to: score.score),
          "\(raw: Words.of(score.plannedScore))", "\(raw: Words.of(score.achievableScore))",
          MarkdownWords.percentage(score.coverage.percentage),
        ]
      ])
    let names = score.definition.instances
    page.paragraph(
      names.isEmpty
        ? "It covers no instance whose recommendations are on."
        : "It covers \(names.map { context.instance($0, on: here) }.joined(", "))."
    )
    page.heading(2, "Metrics")
    page.table(
      ["Metric", "Weight", ">Value", "Change", ">Points", ">Recommendations"],
      score.metrics.map { metric in
        [
          "\(metric.definition.title)", "\(metric.definition.weight.rawValue)",
          MarkdownWords.score(metric.card.score),
          MarkdownWords.trend(
            from: initiative.metricsBefore[metric.definition.name], to: metric.card.score),
          "\(raw: metric.card.earned.oneDecimal) of \(metric.card.possible)",
          "\(metric.definition.recommendations.count)",
        ]
      })
    TrendTable.write(ofInitiative: initiative.name, in: context, &page)
    recommendations(initiative, context, &page)
    return page.bytes
  }

  private static func recommendations(
    _ initiative: InitiativePlan, _ context: TreeContext, _ page: inout MarkdownPage
  ) {
    let name = initiative.name
    let here = TreePage.initiative(name)
    let index = context.index
    let missing = index.comparison.instances.flatMap(\.results).filter { result in
      (result.decision.compliance == .notCompliant || result.decision.compliance == .unknown)
        && result.placements.contains { $0.initiative == name }
    }
    let work = index.urgencies.sorted(missing, by: { $0.impact(on: name) }).map(\.result)
    page.heading(2, "What is missing")
    guard !work.isEmpty else {
      page.paragraph("Nothing: every recommendation that applies is met.")
      return
    }
    let titles = Dictionary(
      firstOf: initiative.score.metrics.map { ($0.definition.name, $0.definition.title) })
    page.table(
      [
        "Impact", ">Gain", "Recommendation", "Instance", "Compliance", "Status", ">Affected",
        "Metric",
      ],
      work.prefix(mostResults).map { result in
        let metrics = result.placements.filter { $0.initiative == name }
          .map { titles[$0.metric] ?? $0.metric }
        let affected = result.decision.affectedCount
        let extent: Markdown =
          result.extent == nil
          ? "–"
          : result.collection == nil
            ? "\(affected)" : "\(affected) / \(result.decision.counted)"
        return [
          "\(result.impact.rawValue)",
          "\(raw: result.impact(on: name).signedOneDecimal)",
          context.title(of: result.name, result.title, on: here),
          context.instance(result.instance, at: result.name, on: here),
          "\(result.decision.compliance.rawValue)",
          "\(result.status?.rawValue ?? "–")", extent, "\(metrics.joined(separator: ", "))",
        ]
      })
    if work.count > mostResults {
      page.paragraph(MarkdownWords.more(work.count - mostResults))
    }
  }
}
