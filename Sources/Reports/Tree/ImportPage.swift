internal import Posture

/// A source's page in an instance's folder: a vendor's own recommendations, read through the instance, and
/// what was written back.
enum ImportPage {
  private static let mostDescribed = 100

  static func render(_ score: ImportedScore) -> [UInt8] {
    var page = MarkdownPage()
    page.heading(1, "\(raw: score.source.title)")
    page.paragraph(TreePage.instance(score.instance).navigation)
    page.bullets([
      "Through: \(score.instance, toFile: "README.md")",
      "\(raw: score.source.vendor)'s total: \(ImportWords.total(score))",
      "Counted \(ImportWords.counted(score))",
    ])
    page.paragraph(
      "Points that count here are in no score of an instance or initiative; what is the same practice as a native recommendation counts only there."
    )
    writeBack(score, &page)
    let sorted = score.recommendations.sorted(by: ImportedRecommendation.comesFirst)
    let open = sorted.filter(\.isOpen)
    page.heading(2, "To address")
    if open.isEmpty { page.paragraph("Nothing is left to address.") }
    for recommendation in open.prefix(mostDescribed) { section(recommendation, &page) }
    list("To address, and further down", Array(open.dropFirst(mostDescribed)), &page)
    let others = sorted.filter { !$0.isOpen }
    func has(_ statuses: [Status?]) -> [ImportedRecommendation] {
      others.filter { $0.isScored && statuses.contains($0.status) }
    }
    list(
      "Decided",
      has([
        .riskAccepted, .planned, .resolvedThroughThirdParty, .resolvedThroughAlternateMitigation,
      ]),
      &page)
    list("Completed", has([.completed]), &page)
    list("Unknown", has([.toAddress]), &page)
    list("Not scored", others.filter { !$0.isScored }, &page)
    return page.bytes
  }

  private static func writeBack(_ score: ImportedScore, _ page: inout MarkdownPage) {
    guard !score.effects.isEmpty || !score.records.isEmpty else { return }
    page.heading(2, "Written back")
    page.table(
      ["Control", "Title", "State", "Exception", "Outcome", "On", "Reason"],
      score.records.map { record in
        [
          "\(cell: record.subject)", "\(record.title)", "\(cell: record.state)",
          "\(cell: record.because ?? "")", "\(raw: ImportWords.of(record.outcome.kind))",
          "\(record.at.day)", "\(Phrases.reason(of: record, in: score.source) ?? "")",
        ]
      })
    let done = Set(score.records.filter { $0.outcome.kind != .written }.map(\.subject))
    let pending = score.effects.filter { !done.contains($0.subject) }
    guard !pending.isEmpty else { return }
    page.paragraph("Not written: that takes `plumb apply \(raw: score.source.option)`.")
    page.table(
      ["Control", "Title", "State", "Comment"],
      pending.map { effect in
        [
          "\(cell: effect.subject)", "\(effect.title)", "\(ImportWords.effect(effect))",
          "\(Phrases.obstacle(to: effect, in: score.source) ?? effect.to.comment)",
        ]
      })
  }

  private static func section(_ recommendation: ImportedRecommendation, _ page: inout MarkdownPage)
  {
    let control = recommendation.control
    page.heading(3, "\(control.title)")
    page.paragraph(facts(recommendation).joined(" · "))
    if !control.standing.isEmpty { page.paragraph("\(control.standing)") }
    guard !control.remediation.isEmpty || control.manage != nil else { return }
    page.details("How to remedy it") { page in
      for line in control.remediation.split(separator: "\n") {
        page.paragraph("\(String(line))")
      }
      if let manage = control.manage {
        page.paragraph(
          "Where: \(manage.replacing("https://", with: "", maxReplacements: 1), to: manage)")
      }
    }
  }

  private static func facts(_ recommendation: ImportedRecommendation) -> [Markdown] {
    let control = recommendation.control
    var facts: [Markdown] = [
      "\(code: recommendation.name)", "\(ImportWords.subject(recommendation))",
    ]
    if let points = recommendation.points { facts.append("\(points)") }
    let words: [(String, String)] = [
      ("", control.category), ("tier ", control.tier), ("cost ", control.implementationCost),
      ("user impact ", control.userImpact), ("threats: ", control.threats.joined(separator: ", ")),
    ]
    facts += words.filter { !$0.1.isEmpty }.map { "\(raw: $0.0)\($0.1)" }
    if let same = ImportWords.same(recommendation) { facts.append("\(same)") }
    return facts
  }

  private static func list(
    _ title: Markdown, _ recommendations: [ImportedRecommendation], _ page: inout MarkdownPage
  ) {
    guard !recommendations.isEmpty else { return }
    page.heading(2, title)
    page.details("\(raw: Words.count(recommendations.count, "recommendation"))") { page in
      table(recommendations, &page)
    }
  }

  /// A table of recommendations in their order.
  static func table(_ recommendations: [ImportedRecommendation], _ page: inout MarkdownPage) {
    page.table(
      ["Recommendation", "Name", "Speaks of", "Status", ">Points", "Note"],
      recommendations.map { recommendation in
        let notes = [
          recommendation.exception.map { "exception \($0)" },
          ImportWords.same(recommendation), recommendation.reason.map(Phrases.text),
          recommendation.control.isDeprecated
            ? "deprecated by \(recommendation.source.vendor)" : nil,
        ].compactMap(\.self)
        return [
          "\(recommendation.control.title)", "\(cell: recommendation.name)",
          "\(ImportWords.subject(recommendation))",
          "\(recommendation.status?.rawValue ?? "–")",
          "\(recommendation.control.earned.map { "\($0) / \(recommendation.control.possible)" } ?? "–")",
          "\(notes.joined(separator: "; "))",
        ]
      })
  }
}
