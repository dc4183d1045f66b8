internal import Posture

/// `drift.md`: the settings that changed with this commit, old and new.
enum DriftPage {
  private static let mostRows = 500

  static func render(_ index: PlanIndex) -> [UInt8] {
    let drift = ChangeGroups(index.comparison.changes).drift
    var page = MarkdownPage()
    page.heading(1, "Drift")
    page.paragraph(
      "Observed settings that left what was recorded before, as of this commit. The history of the `settings.yaml` files has every earlier one."
    )
    if drift.isEmpty { page.paragraph("None.") }
    for (name, changes) in drift.byInstance() {
      let path = "instances/\(Slug(name).text)/README.md"
      page.heading(2, "\(name, toFile: path)")
      DriftTable.write(changes, limit: mostRows, &page)
    }
    return page.bytes
  }
}

/// Changed settings, and resources that came or went, as tables.
enum DriftTable {
  static func write(_ changes: [Change], limit: Int, _ page: inout MarkdownPage) {
    let settings = changes.filter { $0.type == .drift }
    page.table(
      ["Recommendation", "Resource", "Setting", "Before", "Now"],
      settings.prefix(limit).map { change in
        let values = ValueMovement(from: change.from, to: change.to, longest: 200)
        return [
          "\(cell: change.recommendation ?? "")", resource(change),
          "\(cell: change.setting ?? "")", "\(cell: values.before)", "\(cell: values.after)",
        ]
      })
    if settings.count > limit { page.paragraph(MarkdownWords.more(settings.count - limit)) }
    let resources = changes.filter { $0.type != .drift }
    page.table(
      ["Resource", "", "Recommendation"],
      resources.prefix(limit).map { change in
        [resource(change), "\(Phrases.reason(of: change))", "\(cell: change.recommendation ?? "")"]
      })
    if resources.count > limit { page.paragraph(MarkdownWords.more(resources.count - limit)) }
  }

  private static func resource(_ change: Change) -> Markdown {
    guard let label = change.resource else { return "" }
    guard let id = change.resourceID, id != label else { return "\(label)" }
    return "\(label) \(cell: id)"
  }
}
