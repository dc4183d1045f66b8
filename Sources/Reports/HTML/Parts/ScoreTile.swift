internal import Posture

/// An initiative at a glance: its score and target, where it came from, and how much of it is seen.
struct ScoreTile {
  let initiative: InitiativePlan
  let site: SiteContext

  func write(into html: inout HTMLWriter) {
    let score = initiative.score
    let target = score.definition.targetScore
    html.element(.article, .class("tile")) { html in
      html.element(.h2) { html in
        html.link(score.definition.title, to: .page(.initiative(initiative.name)))
      }
      html.element(.p, .class("score")) { html in
        html.element(.strong, text: Words.of(score.score))
        html.element(.span, text: "of \(target)")
        site.chart(.initiative(initiative.name))?
          .spark(score.definition.title, into: &html)
      }
      ScoreBar(score: score.score, target: target).write(into: &html)
      html.element(.p, .class("marks")) { html in
        StateMark(score.score, target: target).write(into: &html)
        if let movement = StateMark(from: initiative.before, to: score.score) {
          movement.write(into: &html)
        } else {
          html.element(.span, .class("mark", "muted"), words: "unmoved")
        }
      }
      html.element(.p, .class("facts"), text: facts.joined(separator: " · "))
    }
  }

  private var facts: [String] {
    let score = initiative.score
    var facts: [String] = []
    if let chart = site.chart(.initiative(initiative.name)),
      let first = chart.daily.compactMap(\.self).first, let last = chart.daily.last.flatMap(\.self)
    {
      facts.append(
        "\((last - first).signed.replacing("-", with: "−")) in \(Words.count(chart.daily.count, "day"))"
      )
    }
    facts.append("planned \(Words.of(score.plannedScore))")
    facts.append("achievable \(Words.of(score.achievableScore))")
    if let coverage = score.coverage.percentage {
      facts.append("\(coverage.oneDecimal) % assessed")
    }
    return facts
  }
}
