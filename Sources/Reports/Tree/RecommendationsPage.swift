internal import Posture

/// `recommendations.md`: every recommendation that is about a connected instance, danger first.
enum RecommendationsPage {
  static func render(_ context: TreeContext) -> [UInt8] {
    let here = TreePage.recommendations
    var page = MarkdownPage()
    page.heading(1, "Recommendations")
    page.paragraph(here.navigation)
    let names = context.recommendations
    if names.isEmpty { page.paragraph("No instance is assessed.") }
    page.table(
      ["Impact", "Recommendation", ">Gain", ">Not compliant", ">Unknown", ">Compliant"],
      names.compactMap { name in
        guard let results = context.byRecommendation[name], let first = results.first else {
          return nil
        }
        func count(_ compliance: Compliance) -> Markdown {
          let count = results.count { $0.decision.compliance == compliance }
          return count == 0 ? "–" : "\(count)"
        }
        let gain = results.first(where: \.isOpen)?.gain
        return [
          "\(raw: first.impact.rawValue)", context.title(of: name, first.title, on: here),
          gain.map { "\(raw: $0.points) \($0.initiative)" } ?? "–", count(.notCompliant),
          count(.unknown), count(.compliant),
        ]
      })
    page.paragraph("The numbers are instances.")
    return page.bytes
  }
}

/// `recommendations/<name>.md`: one recommendation, where it is met and where not, and what it is for.
struct RecommendationPage {
  private static let mostInstances = 200
  private static let mostLinks = 10

  private let results: [RecommendationResult]
  private let context: TreeContext
  private let here: TreePage

  /// - Parameter results: Those of the recommendation, in the order of views; at least one.
  static func render(
    _ name: String, _ results: [RecommendationResult], in context: TreeContext
  ) -> [UInt8] {
    var page = MarkdownPage()
    RecommendationPage(results: results, context: context, here: .recommendation(name))
      .write(&page)
    return page.bytes
  }

  private func write(_ page: inout MarkdownPage) {
    guard let first = results.first else { return }
    let recommendation = first.recommendation
    page.heading(1, "\(first.title)")
    page.paragraph(here.navigation)
    page.paragraph(facts(first).joined(" · "))
    if let recommendation, !recommendation.rationale.isEmpty {
      page.paragraph(MarkdownWords.prose(recommendation.rationale, of: recommendation))
    }
    instances(&page)
    initiatives(&page)
    if let recommendation { about(recommendation, &page) }
  }

  private func facts(_ first: RecommendationResult) -> [Markdown] {
    var facts: [Markdown] = [
      "\(code: first.name)", "\(context.index.instance(first.instance)?.appTitle ?? "")",
      "\(raw: first.impact.rawValue) impact, \(first.points) points",
    ]
    if let recommendation = first.recommendation {
      facts.append("\(raw: recommendation.category.rawValue)")
    }
    return facts + first.effort.map { "\($0)" }
  }

  private func instances(_ page: inout MarkdownPage) {
    page.heading(2, "Instances")
    page.table(
      ["Instance", "Compliance", "Status", ">Affected", ">Gain", "Since", "Exception"],
      results.prefix(Self.mostInstances).map { result in
        [
          context.instance(result.instance, at: result.name, on: here),
          "\(result.decision.compliance.rawValue)\(raw: result.isStale ? ", stale" : "")",
          "\(result.status?.rawValue ?? "–")", "\(result.extent ?? "–")",
          result.gain.map { "\(raw: $0.points) \($0.initiative)" } ?? "–",
          "\(raw: result.since?.day ?? "–")",
          result.exception.map { context.exception($0, on: here) } ?? "",
        ]
      })
    if results.count > Self.mostInstances {
      page.paragraph(MarkdownWords.more(results.count - Self.mostInstances))
    }
  }

  private func initiatives(_ page: inout MarkdownPage) {
    let name = results[0].name
    let counting = context.comparison.initiatives.compactMap { initiative -> Markdown? in
      let metrics = initiative.score.metrics.map(\.definition)
        .filter { $0.recommendations.contains(name) }
      guard !metrics.isEmpty else { return nil }
      let title = context.initiative(initiative.name, initiative.score.definition.title, on: here)
      return "\(title): \(metrics.map(\.title).joined(separator: ", "))"
    }
    guard !counting.isEmpty else { return }
    page.heading(2, "Counts in")
    page.bullets(counting)
  }

  private func about(_ recommendation: Recommendation, _ page: inout MarkdownPage) {
    page.heading(2, "How to remedy it")
    page.paragraph(MarkdownWords.prose(recommendation.remediation, of: recommendation))
    var seen: Set<String> = []
    let places = results.filter { $0.decision.compliance == .notCompliant }
      .compactMap { result -> Markdown? in
        guard let manage = result.manage, seen.insert(manage).inserted else { return nil }
        let text = manage.replacing("https://", with: "", maxReplacements: 1)
        return "\(result.instance): \(text, to: manage)"
      }
    page.bullets(Array(places.prefix(Self.mostLinks)))
    if !recommendation.controls.isEmpty {
      page.heading(2, "Controls")
      page.bullets(recommendation.controls.map { context.control($0, on: here) })
    }
    if !recommendation.references.isEmpty {
      page.heading(2, "References")
      page.bullets(recommendation.references.map { "\($0.title, to: $0.url)" })
    }
  }
}
