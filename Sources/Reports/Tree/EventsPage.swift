internal import Posture

/// `events.md`: falls of scores by the threshold or more, and every score that moved, with this
/// commit.
enum EventsPage {
  static func render(_ context: TreeContext) -> [UInt8] {
    let index = context.index
    let plan = context.comparison
    var page = MarkdownPage()
    page.heading(1, "Events")
    page.paragraph(TreePage.events.navigation)
    page.paragraph(
      "\(context.date) Initiatives and metrics whose score fell by the threshold or more, as of this commit. The history of this file has every earlier one."
    )
    if plan.events.isEmpty { page.paragraph("None.") }
    page.bullets(
      plan.events.map { event in
        let text = EventText(event, index: index)
        let title = context.initiative(event.initiative, text.title, on: .events)
        return "**\(title)** \(text.sentence)"
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
          return [
            context.initiative(change.initiative, subject, on: .events),
            "\(Phrases.reason(of: change))",
          ]
        })
    }
    return page.bytes
  }
}
