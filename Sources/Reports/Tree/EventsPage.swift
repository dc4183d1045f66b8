internal import Posture

/// `events.md`: falls of scores by the threshold or more, and every score that moved, with this
/// commit.
enum EventsPage {
  static func render(_ index: PlanIndex) -> [UInt8] {
    let plan = index.comparison
    var page = MarkdownPage()
    page.heading(1, "Events")
    page.paragraph(
      "Initiatives and metrics whose score fell by the threshold or more, as of this commit. The history of this file has every earlier one."
    )
    if plan.events.isEmpty { page.paragraph("None.") }
    page.bullets(
      plan.events.map { event in
        let text = EventText(event, index: index)
        return "**\(text.title)** \(text.sentence)"
      })
    let moved = ChangeGroups(plan.changes).scores
    if !moved.isEmpty {
      page.heading(2, "Scores that moved")
      page.table(
        ["Of", "Movement and cause"],
        moved.map { change in
          let subject =
            change.initiative.map { initiative in
              index.title(ofInitiative: initiative)
                + (change.metric.map {
                  ", " + index.title(ofMetric: $0, in: initiative)
                } ?? "")
            } ?? Phrases.subject(of: change)
          return ["\(subject)", "\(Phrases.reason(of: change))"]
        })
    }
    return page.bytes
  }
}
