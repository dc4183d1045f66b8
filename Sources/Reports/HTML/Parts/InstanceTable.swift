internal import Posture

/// Instances with what they score and how they are seen: what is not seen as it is now, then the lowest score, first.
struct InstanceTable {
  let site: SiteContext
  /// How many are listed; nil for all.
  var most: Int?

  func write(into html: inout HTMLWriter) {
    guard !site.instances.isEmpty else { return html.note("None is declared.") }
    html.scrolling("Instances") { html in
      html.element(.table, .data("data-sortable")) { html in
        html.head(
          "Instance", "App", "Seen", "Observed", ">Score", "Trend", ">Not compliant", ">Unknown",
          ">Coverage")
        html.element(.tbody) { html in
          for instance in sorted.prefix(most ?? .max) { html.element(.tr) { row(instance, &$0) } }
        }
      }
    }
    if let most, site.instances.count > most {
      html.element(.p) {
        $0.link("All \(site.instances.count) instances", to: .page(.instances))
      }
    }
  }

  private var sorted: [InstancePlan] {
    site.instances.sorted { left, right in
      let ranks = (Self.rank(left), Self.rank(right))
      if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
      let scores = (left.card.score ?? .zero, right.card.score ?? .zero)
      return scores.0 != scores.1 ? scores.0 < scores.1 : left.name < right.name
    }
  }

  private static func rank(_ instance: InstancePlan) -> Int {
    instance.recommendations ? (instance.isStale ? 0 : 1) : 2
  }

  private func row(_ instance: InstancePlan, _ html: inout HTMLWriter) {
    func count(_ compliance: Compliance) -> Int {
      instance.results.count { $0.decision.compliance == compliance }
    }
    html.element(.td) { $0.link(instance.name, to: .page(.instance(instance.name))) }
    html.element(.td, text: instance.appTitle)
    html.element(.td) { StateMark(instance).write(into: &$0) }
    html.element(.td, .class("day")) { html in
      if let observedAt = instance.observedAt { html.time(observedAt, isDay: true) }
    }
    guard instance.recommendations else {
      for _ in 0..<5 { html.element(.td, .class("n"), text: "–") }
      return
    }
    html.element(.td, .class("n")) { $0.element(.strong, text: Words.of(instance.card.score)) }
    html.element(.td) { html in
      if let movement = StateMark(from: instance.before, to: instance.card.score) {
        movement.write(into: &html)
      } else {
        html.text("–")
      }
    }
    html.numberCell("\(count(.notCompliant))")
    html.numberCell("\(count(.unknown))")
    html.numberCell(
      instance.card.coverage.percentage.map { "\($0.oneDecimal) %" } ?? "–")
  }
}
