internal import Posture

/// `drift.md`: the settings that changed with this commit, old and new.
enum DriftPage {
  private static let mostRows = 500

  static func render(_ context: TreeContext) -> [UInt8] {
    let drift = ChangeGroups(context.comparison.changes).drift
    var page = MarkdownPage()
    page.heading(1, "Drift")
    page.paragraph(TreePage.drift.navigation)
    page.paragraph(
      "\(context.date) Observed settings that left what was recorded before, as of this commit. The history of the `settings.yaml` files has every earlier one."
    )
    if drift.isEmpty { page.paragraph("None.") }
    var body = MarkdownPage()
    for (name, changes) in drift.byInstance() {
      body.heading(2, "\(name)", anchor: name, note: "\(raw: Words.count(changes.count, "change"))")
      body.paragraph("All of \(context.instance(name, on: .drift))")
      DriftTable(context: context).write(changes, limit: mostRows, &body)
    }
    page.appendWithContents(body)
    return page.bytes
  }
}

/// Changed settings, and resources that came or went, as tables.
struct DriftTable {
  let context: TreeContext

  func write(_ changes: [Change], limit: Int, _ page: inout MarkdownPage) {
    let settings = changes.filter { $0.type == .drift }
    page.table(
      ["Impact", "Recommendation", "Resource", "Setting", "Before", "Now"],
      settings.prefix(limit).map { change in
        let values = ValueMovement(from: change.from, to: change.to, longest: 200)
        return [
          impact(change), recommendation(change), resource(change),
          "\(cell: change.setting ?? "")", "\(cell: values.before)", "\(cell: values.after)",
        ]
      })
    if settings.count > limit { page.paragraph(MarkdownWords.more(settings.count - limit)) }
    let resources = changes.filter { $0.type != .drift }
    page.table(
      ["Resource", "", "Impact", "Recommendation"],
      resources.prefix(limit).map { change in
        [
          resource(change), "\(Phrases.reason(of: change))", impact(change),
          recommendation(change),
        ]
      })
    if resources.count > limit { page.paragraph(MarkdownWords.more(resources.count - limit)) }
  }

  private func impact(_ change: Change) -> Markdown {
    "\(raw: context.index.result(of: change)?.impact.rawValue ?? "–")"
  }

  private func recommendation(_ change: Change) -> Markdown {
    context.name(of: change.recommendation ?? "", on: .drift)
  }

  private func resource(_ change: Change) -> Markdown {
    guard let label = change.resource else { return "" }
    guard let id = change.resourceID, id != label else { return "\(label)" }
    return "\(label) \(cell: id)"
  }
}
