internal import Posture

/// `README.md`: the posture in one screen.
enum OverviewPage {
  private static let mostChanges = 20
  private static let mostWork = 10

  static func render(_ index: PlanIndex) -> [UInt8] {
    let plan = index.comparison
    var page = MarkdownPage()
    page.heading(1, "SaaS posture")
    initiatives(plan, &page)
    changes(index, &page)
    work(index, &page)
    instances(plan, &page)
    gaps(plan, &page)
    page.paragraph(
      "[Drift](drift.md) · [Exceptions](exceptions.md) · [Events](events.md). Written by `plumb apply`, which overwrites changes by hand."
    )
    return page.bytes
  }

  private static func initiatives(_ plan: Comparison, _ page: inout MarkdownPage) {
    if plan.initiatives.isEmpty {
      page.paragraph("No initiative is tracked.")
      return
    }
    page.table(
      [
        "Initiative", ">Score", ">Target", "Trend", ">Planned", ">Achievable", ">Coverage",
      ],
      plan.initiatives.map { initiative in
        let score = initiative.score
        let path = "initiatives/\(Slug(initiative.name).text).md"
        return [
          "\(score.definition.title, toFile: path)", MarkdownWords.score(score.score),
          "\(score.definition.targetScore)",
          MarkdownWords.trend(from: initiative.before, to: score.score),
          "\(raw: Words.of(score.plannedScore))", "\(raw: Words.of(score.achievableScore))",
          MarkdownWords.percentage(score.coverage.percentage),
        ]
      })
  }

  private static func changes(_ index: PlanIndex, _ page: inout MarkdownPage) {
    let plan = index.comparison
    page.heading(2, "What changed")
    guard !plan.changes.isEmpty else {
      page.paragraph("Nothing.")
      return
    }
    let headline = Headline(plan)
    page.paragraph("\(headline.counts.joined(separator: ", ")).")
    let groups = ChangeGroups(plan.changes)
    list(
      ResultEntry.ofAll(groups.results, index: index).map { entry in
        let impact = entry.result?.impact.rawValue ?? "–"
        let extent = entry.result?.extent.map { ", \($0)" } ?? ""
        return
          "**\(raw: impact)** \(instanceLink(entry.instance, plan)): \(entry.title) – \(Words.transition(entry.change))\(extent) (\(Words.of(entry.change.cause)))"
      }, &page)
    let assessments = groups.results.byInstance().compactMap { name, changes -> Markdown? in
      FirstAssessment(changes).map { "\(instanceLink(name, plan)): \($0.text)" }
    }
    list(
      assessments
        + (groups.control + groups.exceptions + groups.gaps).map { change in
          "**\(Phrases.subject(of: change))** \(Words.declaration(change))"
        }, &page)
  }

  private static func list(_ items: [Markdown], _ page: inout MarkdownPage) {
    page.bullets(Array(items.prefix(mostChanges)))
    if items.count > mostChanges {
      page.paragraph(MarkdownWords.more(items.count - mostChanges))
    }
  }

  private static func instanceLink(_ name: String, _ plan: Comparison) -> Markdown {
    plan.instances.contains { $0.name == name }
      ? "\(name, toFile: "instances/\(Slug(name).text)/README.md")" : "\(name)"
  }

  private static func work(_ index: PlanIndex, _ page: inout MarkdownPage) {
    let work = index.work
    page.heading(2, "What to do first")
    guard !work.isEmpty else {
      page.paragraph("Nothing is left to address.")
      return
    }
    page.numbered(work.prefix(mostWork).map { WorkText.item($0, isLinked: true) })
    if work.count > mostWork {
      page.paragraph(MarkdownWords.more(work.count - mostWork))
    }
  }

  private static func instances(_ plan: Comparison, _ page: inout MarkdownPage) {
    page.heading(2, "Instances")
    if plan.instances.isEmpty { page.paragraph("None is declared.") }
    page.table(
      [
        "Instance", "App", "Recommendations", ">Score", "Trend", ">Not compliant", ">Unknown",
        ">Coverage",
      ],
      plan.instances.map { instance in
        func count(_ compliance: Compliance) -> Int {
          instance.results.count { $0.decision.compliance == compliance }
        }
        guard instance.recommendations else {
          return [
            instanceLink(instance.name, plan), "\(instance.appTitle)", "off", "–", "–", "–", "–",
            "–",
          ]
        }
        return [
          instanceLink(instance.name, plan), "\(instance.appTitle)",
          instance.isStale ? "on, stale" : "on", MarkdownWords.score(instance.card.score),
          MarkdownWords.trend(from: instance.before, to: instance.card.score),
          "\(count(.notCompliant))", "\(count(.unknown))",
          MarkdownWords.percentage(instance.card.coverage.percentage),
        ]
      })
  }

  private static func gaps(_ plan: Comparison, _ page: inout MarkdownPage) {
    let gaps = Gaps.of(plan)
    guard !gaps.isEmpty else { return }
    page.heading(2, "Gaps")
    page.bullets(
      gaps.flatMap { gap in
        gap.sentences.prefix(10).map { "\(instanceLink(gap.instance.name, plan)): \($0)" }
      })
  }
}

/// One piece of work as a list item.
enum WorkText {
  /// - Parameter isLinked: Whether the instance's page is there to be linked.
  static func item(_ result: RecommendationResult, isLinked: Bool) -> Markdown {
    var facts = [result.impact.rawValue]
    if let gain = result.gain { facts.append("\(gain.points) \(gain.initiative)") }
    if let extent = result.extent { facts.append(extent) }
    facts += result.effort
    let instance: Markdown =
      isLinked
      ? "\(result.instance, toFile: "instances/\(Slug(result.instance).text)/README.md")"
      : "\(code: result.instance)"
    return
      "\(result.title, to: result.manage) on \(instance): \(facts.joined(separator: ", "))"
  }
}
