internal import Posture

/// `README.md`: the posture in one screen.
struct OverviewPage {
  private static let mostChanges = 20
  private static let mostWork = 10

  private let context: TreeContext
  private let here = TreePage.overview

  private var index: PlanIndex { context.index }
  private var plan: Comparison { context.comparison }

  static func render(_ context: TreeContext) -> [UInt8] {
    OverviewPage(context: context).render()
  }

  private func render() -> [UInt8] {
    var page = MarkdownPage()
    page.heading(1, "SaaS posture")
    page.paragraph(here.navigation)
    page.paragraph(context.date)
    initiatives(&page)
    var body = MarkdownPage()
    changes(&body)
    work(&body)
    instances(&body)
    frameworks(&body)
    gaps(&body)
    page.appendWithContents(body)
    page.paragraph("Written by `plumb apply`, which overwrites changes by hand.")
    return page.bytes
  }

  // MARK: Initiatives

  private func initiatives(_ page: inout MarkdownPage) {
    if plan.initiatives.isEmpty {
      page.paragraph("No initiative is tracked.")
      return
    }
    page.table(
      ["Initiative", ">Score", ">Target", "Change"] + trendTitle
        + [">Planned", ">Achievable", ">Coverage"],
      plan.initiatives.map { initiative in
        let score = initiative.score
        let name = initiative.name
        return [
          here.link(score.definition.title, to: .initiative(name)),
          MarkdownWords.score(score.score), "\(score.definition.targetScore)",
          MarkdownWords.trend(from: initiative.before, to: score.score),
        ] + trend(of: .initiative(name)) + [
          "\(raw: Words.of(score.plannedScore))", "\(raw: Words.of(score.achievableScore))",
          MarkdownWords.percentage(score.coverage.percentage),
        ]
      })
  }

  private var trendTitle: [String] {
    context.trend.map { [$0.title] } ?? []
  }

  private func trend(of subject: ScoreHistory.Subject) -> [Markdown] {
    context.trend.map { [$0.cell(of: subject)] } ?? []
  }

  // MARK: Changes

  private func changes(_ page: inout MarkdownPage) {
    page.heading(2, "What changed", anchor: "what-changed")
    guard !plan.changes.isEmpty else {
      page.paragraph("Nothing.")
      return
    }
    let headline = Headline(plan)
    page.paragraph("\(headline.counts.joined(separator: ", ")).")
    let groups = ChangeGroups(plan.changes)
    list(ResultEntry.ofAll(groups.results, index: index).map(item), &page)
    let assessments = groups.results.byInstance().compactMap { name, changes -> Markdown? in
      FirstAssessment(changes).map { "\(context.instance(name, on: here)): \($0.text)" }
    }
    list(
      assessments
        + (groups.control + groups.exceptions + groups.gaps).map { change in
          "**\(Phrases.subject(of: change))** \(Words.declaration(change))"
        }, &page)
  }

  private func item(_ entry: ResultEntry) -> Markdown {
    let impact = entry.result?.impact.rawValue ?? "–"
    let name = entry.recommendation
    let instance = context.instance(entry.instance, at: name, on: here)
    let title = context.title(of: name, entry.title, on: here)
    let extent = entry.result?.extent.map { ", \($0)" } ?? ""
    return
      "**\(raw: impact)** \(instance): \(title) – \(Words.transition(entry.change))\(extent) (\(Words.of(entry.change.cause)))"
  }

  private func list(_ items: [Markdown], _ page: inout MarkdownPage) {
    page.bullets(Array(items.prefix(Self.mostChanges)))
    if items.count > Self.mostChanges {
      page.paragraph(MarkdownWords.more(items.count - Self.mostChanges))
    }
  }

  // MARK: Work, instances, frameworks, gaps

  private func work(_ page: inout MarkdownPage) {
    let work = context.work
    page.heading(2, "What to do first", anchor: "what-to-do-first")
    guard !work.isEmpty else {
      page.paragraph("Nothing is left to address.")
      return
    }
    page.numbered(
      work.prefix(Self.mostWork).map { result in
        let title = context.title(of: result.name, result.title, on: here)
        let instance = context.instance(result.instance, at: result.name, on: here)
        return WorkText.item(result, title: title, instance: instance)
          .adding(result.manage.map { ", \("where to do it", to: $0)" } ?? "")
      })
    if work.count > Self.mostWork {
      let rest = work.count - Self.mostWork
      page.paragraph(
        "… and \(rest) more: \(here.link("every recommendation", to: .recommendations)).")
    }
  }

  private func instances(_ page: inout MarkdownPage) {
    page.heading(2, "Instances", anchor: "instances")
    if plan.instances.isEmpty { page.paragraph("None is declared.") }
    page.table(
      ["Instance", "App", "Recommendations", "Observed", ">Score", "Change"] + trendTitle
        + [">Not compliant", ">Unknown", ">Coverage"],
      plan.instances.map { instance in
        let name = context.instance(instance.name, on: here)
        guard instance.recommendations else {
          return [name, "\(instance.appTitle)", "off", "–", "–", "–"]
            + (context.trend == nil ? [] : ["–"]) + ["–", "–", "–"]
        }
        func count(_ compliance: Compliance) -> Markdown {
          "\(instance.results.count { $0.decision.compliance == compliance })"
        }
        return [
          name, "\(instance.appTitle)", "on\(raw: Words.staleness(instance.staleReason))",
          "\(raw: instance.observedAt?.day ?? "never")", MarkdownWords.score(instance.card.score),
          MarkdownWords.trend(from: instance.before, to: instance.card.score),
        ] + trend(of: .instance(instance.name)) + [
          count(.notCompliant), count(.unknown),
          MarkdownWords.percentage(instance.card.coverage.percentage),
        ]
      })
  }

  private func frameworks(_ page: inout MarkdownPage) {
    let frameworks = context.standings
    guard !frameworks.isEmpty else { return }
    page.heading(2, "Frameworks", anchor: "frameworks")
    page.table(
      ["Framework", "Version", "Controls that recommendations here decide"],
      frameworks.map { standing in
        [
          here.link(standing.framework.title, to: .framework(standing.framework.name)),
          "\(standing.framework.version)", "\(FrameworkPage.summary(of: standing))",
        ]
      })
  }

  private func gaps(_ page: inout MarkdownPage) {
    let gaps = Gaps.of(plan)
    guard !gaps.isEmpty else { return }
    page.heading(2, "Gaps", anchor: "gaps")
    page.bullets(
      gaps.flatMap { gap in
        gap.sentences.prefix(10).map { "\(context.instance(gap.instance.name, on: here)): \($0)" }
      })
  }
}

/// One piece of work as a list item.
enum WorkText {
  static func item(_ result: RecommendationResult, title: Markdown, instance: Markdown) -> Markdown
  {
    var facts = [result.impact.rawValue]
    if let gain = result.gain { facts.append("\(gain.points) \(gain.initiative)") }
    if let extent = result.extent { facts.append(extent) }
    facts += result.effort
    return "\(title) on \(instance): \(facts.joined(separator: ", "))"
  }
}
