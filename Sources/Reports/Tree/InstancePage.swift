internal import JSON
internal import Posture

/// `instances/<name>/README.md`: one instance's recommendations, danger first, the affected resources,
/// and how to remedy them.
struct InstancePage {
  private static let mostResources = 100
  private static let mostImported = 20

  private let instance: InstancePlan
  private let context: TreeContext
  private let here: TreePage

  init(_ instance: InstancePlan, in context: TreeContext) {
    self.instance = instance
    self.context = context
    here = .instance(instance.name)
  }

  func render() -> [UInt8] {
    var page = MarkdownPage()
    page.heading(1, "\(instance.displayName)")
    page.paragraph(here.navigation)
    summary(&page)
    page.bullets(SourceWords.of(instance).map { "Source \($0)" })
    guard instance.recommendations else {
      page.paragraph(
        "Recommendations are off: the instance is declared, is not assessed, and counts in no score."
      )
      return page.bytes
    }
    var body = MarkdownPage()
    if let gap = Gaps(instance) {
      body.heading(2, "Gaps", anchor: "gaps")
      body.bullets(gap.sentences.map { "\($0)" })
    }
    let sorted = context.index.urgencies.sorted(instance.results).map(\.result)
    let open = sorted.filter(\.isOpen)
    let others = sorted.filter { $0.decision.compliance == .notCompliant && !$0.isOpen }
    body.heading(2, "Not compliant", anchor: "not-compliant", note: "\(open.count)")
    if open.isEmpty { body.paragraph("Nothing is left to address.") }
    for result in open { section(result, &body) }
    if !others.isEmpty {
      body.heading(2, "Not compliant, and decided", anchor: "decided", note: "\(others.count)")
      for result in others { section(result, &body) }
    }
    list("Unknown", "unknown", sorted.filter { $0.decision.compliance == .unknown }, &body)
    list("Compliant", "compliant", sorted.filter { $0.decision.compliance == .compliant }, &body)
    let without = sorted.filter { $0.decision.compliance == .notApplicable }
    list("To look at by hand", "by-hand", without.filter { $0.lookedUp != nil }, &body)
    list("Not applicable", "not-applicable", without.filter { $0.lookedUp == nil }, &body)
    imported(&body)
    page.appendWithContents(body)
    return page.bytes
  }

  /// What vendors recommend for the instance, beside the native recommendations.
  private func imported(_ page: inout MarkdownPage) {
    for score in context.comparison.imports {
      let own = score.instance == instance.name
      let spoken = score.recommendations.filter { $0.instance == instance.name && $0.isScored }
      guard own || !spoken.isEmpty else { continue }
      let path = "\(own ? "" : "../\(Slug(score.instance).text)/")\(score.source.file).md"
      page.heading(2, "\(raw: score.source.title)", anchor: score.source.file)
      if own {
        page.paragraph(
          "\(ImportWords.total(score)); \(ImportWords.counted(score)). \("All of them", toFile: path)."
        )
      } else {
        page.paragraph(
          "Read through \(score.instance, toFile: path); in no score of this instance.")
      }
      let open = spoken.filter(\.isOpen).sorted(by: ImportedRecommendation.comesFirst)
      ImportPage.table(Array(open.prefix(Self.mostImported)), &page)
      if open.count > Self.mostImported {
        page.paragraph(MarkdownWords.more(open.count - Self.mostImported))
      }
    }
  }

  private func summary(_ page: inout MarkdownPage) {
    func count(_ compliance: Compliance) -> Int {
      instance.results.count { $0.decision.compliance == compliance }
    }
    page.table(
      [
        "Instance", "App", "Observed", ">Score", "Change", ">Coverage", ">Compliant",
        ">Not compliant",
        ">Unknown",
      ],
      [
        [
          "\(cell: instance.name)", "\(instance.appTitle)",
          "\(raw: instance.observedAt?.minute ?? "never")\(raw: Words.staleness(instance.staleReason))",
          MarkdownWords.score(instance.card.score),
          MarkdownWords.trend(from: instance.before, to: instance.card.score),
          MarkdownWords.percentage(instance.card.coverage.percentage), "\(count(.compliant))",
          "\(count(.notCompliant))", "\(count(.unknown))",
        ]
      ])
    if !instance.labels.isEmpty {
      let labels = instance.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      page.paragraph("Labels: \(labels.map { "\(code: $0)" as Markdown }.joined(", "))")
    }
  }

  // MARK: One recommendation

  private func section(_ result: RecommendationResult, _ page: inout MarkdownPage) {
    let decision = result.decision
    page.heading(
      3, "\(result.title)", anchor: result.name, note: "\(raw: result.impact.rawValue)")
    var facts: [Markdown] = [
      context.name(of: result.name, on: here),
      "\(result.impact.rawValue) impact, \(result.points) points",
    ]
    facts += context.gains(of: result, on: here)
    if let extent = result.extent { facts.append("\(extent)") }
    if decision.exemptCount > 0 { facts.append("\(decision.exemptCount) exempt") }
    facts += result.effort.map { "\($0)" }
    if let status = result.status, status != .toAddress { facts.append("**\(status.rawValue)**") }
    if let exception = result.exception {
      facts.append("exception \(context.exception(exception, on: here))")
    }
    if let since = result.since { facts.append("since \(since.day)") }
    if let source = result.sourceText { facts.append("\(source)") }
    if result.isStale { facts.append("stale") }
    page.paragraph(facts.joined(" · "))
    if let reason = decision.reasonText { page.paragraph("\(reason)") }
    Self.facts(result, &page)
    Self.resources(result, &page)
    guard let recommendation = result.recommendation else { return }
    if !recommendation.rationale.isEmpty {
      page.paragraph(MarkdownWords.prose(recommendation.rationale, of: recommendation))
    }
    page.details("How to remedy it") { page in
      page.paragraph(MarkdownWords.prose(recommendation.remediation, of: recommendation))
      if let manage = result.manage {
        page.paragraph(
          "Where: \(manage.replacing("https://", with: "", maxReplacements: 1), to: manage)")
      }
      if !recommendation.controls.isEmpty {
        page.paragraph(
          "Controls: \(recommendation.controls.map { context.control($0, on: here) }.joined(", "))"
        )
      }
      page.bullets(recommendation.references.map { "\($0.title, to: $0.url)" })
    }
  }

  /// What was found of the instance as a whole.
  static func facts(_ result: RecommendationResult, _ page: inout MarkdownPage) {
    let facts = result.verdict.facts
    guard !facts.isEmpty else { return }
    page.table(
      ["Found", "Value", "Expected"],
      facts.map { fact in
        [
          "\(cell: fact.name)", "\(cell: Fact.words(fact.value, longest: 300))",
          fact.expected.map { "\(cell: Fact.words($0, longest: 300))" } ?? "",
        ]
      })
  }

  static func resources(_ result: RecommendationResult, _ page: inout MarkdownPage) {
    let listing = AffectedListing(result, most: mostResources)
    guard !listing.resources.isEmpty else { return }
    page.table(
      ["Affected"]
        + listing.columns.map { column in
          Escaping.cell(column.name + (column.expected.map { " (expected \($0))" } ?? ""))
        },
      listing.resources.map { resource in
        let id = resource.id == resource.label ? "" : resource.id
        let label: Markdown =
          id.isEmpty ? "\(resource.label)" : "\(resource.label) \(cell: id)"
        return [label] + listing.values(of: resource).map { "\(cell: $0)" }
      })
    if listing.rest > 0 {
      page.paragraph(MarkdownWords.more(listing.rest, "more resources"))
    }
  }

  // MARK: Lists

  private func list(
    _ title: Markdown, _ anchor: String, _ results: [RecommendationResult],
    _ page: inout MarkdownPage
  ) {
    guard !results.isEmpty else { return }
    page.heading(2, title, anchor: anchor, note: "\(results.count)")
    page.details("\(raw: Words.count(results.count, "recommendation"))") { page in
      page.table(
        ["Recommendation", "Impact", "Status", ">Compliant", "Reason"],
        results.map { result in
          let decision = result.decision
          let extent: Markdown =
            result.collection == nil || decision.counted == 0
            ? "–" : "\(decision.compliantCount) / \(decision.counted)"
          let title = context.title(of: result.name, result.title, on: here)
          return [
            "\(raw: Markdown.anchor(result.name))\(title)", "\(result.impact.rawValue)",
            "\(result.status?.rawValue ?? "–")", extent,
            "\(decision.reasonText ?? result.verdict.facts.text(most: 3) ?? "")",
          ]
        })
    }
  }
}
