internal import Posture
internal import Text

/// One initiative: its score and what it may become, its metrics, what is missing, and how it came about.
struct SiteInitiative {
  let initiative: InitiativePlan
  let site: SiteContext

  private static let mostResults = 50

  private var score: InitiativeScore { initiative.score }

  func write(into html: inout HTMLWriter) {
    html.element(.h1, text: score.definition.title)
    if !initiative.description.isEmpty {
      html.element(.p, .class("answer"), text: initiative.description)
    }
    figures(&html)
    history(&html)
    metrics(&html)
    missing(&html)
    covered(&html)
  }

  private func figures(_ html: inout HTMLWriter) {
    let target = score.definition.targetScore
    html.element(.section, .class("figures"), .label("Figures")) { html in
      figure("Score", Words.of(score.score), &html)
      figure("Target", "\(target)", &html)
      figure("Planned", Words.of(score.plannedScore), &html)
      figure("Achievable", Words.of(score.achievableScore), &html)
      figure("Assessed", score.coverage.percentage.map { "\($0.oneDecimal) %" } ?? "–", &html)
    }
    html.element(.p, .class("marks")) { html in
      StateMark(score.score, target: target).write(into: &html)
      html.words(" ")
      StateMark(from: initiative.before, to: score.score)?.write(into: &html)
    }
  }

  private func figure(_ title: String, _ value: String, _ html: inout HTMLWriter) {
    html.element(.p, .class("figure")) { html in
      html.element(.span, text: title)
      html.element(.strong, text: value)
    }
  }

  // MARK: Metrics

  private func metrics(_ html: inout HTMLWriter) {
    html.element(.section, .labelled(by: "metrics")) { html in
      html.heading(.h2, "metrics", "Metrics")
      html.scrolling("Metrics") { html in
        html.element(.table, .data("data-sortable")) { html in
          html.head("Metric", "Weight", ">Value", "", "Trend", ">To gain", ">Failing", "Apps")
          html.element(.tbody) { html in
            for metric in score.metrics {
              html.element(.tr) { row(metric.definition, metric.card, &$0) }
            }
          }
        }
      }
    }
  }

  private func row(
    _ metric: InitiativeDefinition.Metric, _ card: ScoreCard, _ html: inout HTMLWriter
  ) {
    let names = Set(metric.recommendations)
    let covered = Set(score.definition.instances)
    let results = names.flatMap { site.byRecommendation[$0] ?? [] }
      .filter { covered.contains($0.instance) }
    html.element(.th, .scope("row"), text: metric.title)
    html.element(.td, text: metric.weight.rawValue)
    html.element(.td, .class("n")) { $0.element(.strong, text: Words.of(card.score)) }
    html.element(.td) { ScoreBar(score: card.score).write(into: &$0) }
    html.element(.td) { html in
      if let movement = StateMark(from: initiative.metricsBefore[metric.name], to: card.score) {
        movement.write(into: &html)
      } else {
        html.words("–")
      }
    }
    let gain = Fraction.sum(
      results.flatMap(\.placements).filter {
        $0.initiative == initiative.name && $0.metric == metric.name
      }.map(\.impact))
    html.numberCell(gain == .zero ? "–" : gain.signedOneDecimal)
    let counted = results.count { $0.decision.compliance != .notApplicable }
    let failing = results.count { $0.decision.compliance == .notCompliant }
    html.numberCell("\(failing) of \(counted)")
    let apps = Set(results.compactMap { site.instance($0.instance)?.appTitle })
    html.element(.td, text: apps.sorted().joined(separator: ", "))
  }

  // MARK: What is missing

  private func missing(_ html: inout HTMLWriter) {
    let name = initiative.name
    let open = site.results.map(\.result).filter { result in
      (result.decision.compliance == .notCompliant || result.decision.compliance == .unknown)
        && result.placements.contains { $0.initiative == name }
    }
    let work = site.index.urgencies.sorted(open, by: { $0.impact(on: name) }).map(\.result)
    html.element(.section, .labelled(by: "missing")) { html in
      html.heading(.h2, "missing", "What is missing")
      guard !work.isEmpty else {
        return html.note("Nothing: every recommendation that applies is met.")
      }
      html.scrolling("What is missing") { html in
        html.element(.table, .data("data-sortable")) { html in
          html.head(
            "Impact", ">Gain", "Recommendation", "Instance", "Compliance", "Status", ">Affected")
          html.element(.tbody) { html in
            for result in work.prefix(Self.mostResults) {
              html.element(.tr) { row(result, &$0) }
            }
          }
        }
      }
      html.element(.p) { html in
        html.link(
          "All recommendations of this initiative",
          to: .page(.recommendations, query: [("initiative", name)]))
      }
    }
  }

  private func row(_ result: RecommendationResult, _ html: inout HTMLWriter) {
    html.element(.td) { $0.impact(result.impact) }
    html.numberCell(result.impact(on: initiative.name).signedOneDecimal)
    html.element(.td) { $0.link(result.title, to: .page(.recommendation(result.name))) }
    html.element(.td) { $0.link(result.instance, to: .result(result.name, on: result.instance)) }
    html.verdictCells(result)
  }

  // MARK: How it came about

  private func history(_ html: inout HTMLWriter) {
    guard let history = site.story.history,
      let chart = site.chart(
        .initiative(initiative.name), target: score.definition.targetScore)
    else { return }
    html.element(.section, .labelled(by: "history")) { html in
      html.heading(.h2, "history", "History")
      chart.write(period: history.period, title: score.definition.title, into: &html)
      html.element(.p, .class("legend"), .decorative) { html in
        html.element(.span, .class("key", "line"), words: "score")
        html.element(.span, .class("key", "target"), words: "target")
      }
      reasons(&html)
      html.element(.details) { html in
        html.element(.summary, words: "The numbers")
        html.scrolling("Scores by day") { html in
          html.element(.table, .class("small")) { html in
            html.head("Day", ">Score")
            html.element(.tbody) { html in
              for (start, score) in zip(history.period.starts, chart.daily).reversed() {
                html.element(.tr) { html in
                  html.element(.td, .class("day"), text: start.day)
                  html.numberCell(score?.description ?? "–")
                }
              }
            }
          }
        }
      }
    }
  }

  /// Each report in which the score moved, with why.
  private func reasons(_ html: inout HTMLWriter) {
    let moves = site.story.steps.compactMap { step -> (Story.Step, Change)? in
      step.changes.first {
        $0.type == .scoreChanged && $0.initiative == initiative.name && $0.metric == nil
      }.map { (step, $0) }
    }
    guard !moves.isEmpty else { return }
    html.scrolling("Why it moved") { html in
      html.element(.table) { html in
        html.head("Report", "Movement, and why", "What changed")
        html.element(.tbody) { html in
          for (step, change) in moves.prefix(30) {
            html.element(.tr) { html in
              html.element(.td, .class("day")) { html in
                html.time(step.to.at, isDay: true)
                html.words(" ")
                html.commit(step.to.revision, in: site)
              }
              html.element(.td, text: Phrases.reason(of: change))
              html.element(
                .td,
                text: Headline(step.changes, initiatives: []).counts.joined(separator: ", "))
            }
          }
        }
      }
    }
  }

  private func covered(_ html: inout HTMLWriter) {
    html.element(.section, .labelled(by: "covers")) { html in
      html.heading(.h2, "covers", "What it covers")
      let names = score.definition.instances
      html.element(.p) { html in
        if names.isEmpty { html.words("No instance whose recommendations are on.") }
        for (index, name) in names.enumerated() {
          if index > 0 { html.words(", ") }
          html.instanceLink(name, in: site)
        }
      }
    }
  }
}
