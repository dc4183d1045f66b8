internal import JSON
internal import Posture

/// Settings and resources of tenants that left what was recorded, by day, then by instance.
struct SiteDrift {
  let site: SiteContext

  private static let mostRows = 300

  func write(into html: inout HTMLWriter) {
    html.element(.h1, words: "Drift")
    html.element(
      .p, .class("answer"),
      words: "What tenants set otherwise, old and new, by the report that saw it.")
    var isEmpty = true
    for (title, changes) in days where !changes.isEmpty {
      isEmpty = false
      html.element(.section, .labelled(by: "day/\(Slug(title).text)")) { html in
        html.heading(.h2, "day/\(Slug(title).text)", title)
        for (instance, changes) in changes.byInstance() {
          html.element(.h3) { $0.instanceLink(instance, in: site) }
          table(instance, changes, &html)
        }
      }
    }
    if isEmpty { html.note("Nothing drifted in the reports that are here.") }
  }

  /// The changes of each report; of a plan, and where no history was read, those of the comparison.
  private var days: [(title: String, changes: [Change])] {
    let now = ChangeGroups(site.comparison.changes).drift
    let steps = site.story.steps.map { step in
      ("\(step.to.at.day) · \(Words.short(step.to.revision))", ChangeGroups(step.changes).drift)
    }
    if site.story.report != nil, !steps.isEmpty { return steps }
    return [("\(site.story.at.day) · now", now)] + steps
  }

  private func table(_ instance: String, _ changes: [Change], _ html: inout HTMLWriter) {
    let rows = Self.rows(changes)
    html.scrolling("Drift of \(instance)") { html in
      html.element(.table, .data("data-sortable")) { html in
        html.head("Resource", "Setting", "Before", "Now", "Read by")
        html.element(.tbody) { html in
          for row in rows.prefix(Self.mostRows) {
            html.element(.tr) { write(row.change, readBy: row.recommendations, &$0) }
          }
        }
      }
    }
    if rows.count > Self.mostRows { html.note("… and \(rows.count - Self.mostRows) more.") }
  }

  /// One setting that several recommendations read changed once.
  private static func rows(_ changes: [Change]) -> [(change: Change, recommendations: [String])] {
    struct Key: Hashable {
      let resource: String?
      let id: String?
      let setting: String?
      let what: Change.What
    }
    var order: [Key] = []
    var rows: [Key: (change: Change, recommendations: [String])] = [:]
    for change in changes {
      let key = Key(
        resource: change.resource, id: change.resourceID, setting: change.setting,
        what: change.what)
      if rows[key] == nil { order.append(key) }
      rows[key, default: (change, [])].recommendations.append(change.recommendation ?? "")
    }
    return order.compactMap { rows[$0] }
  }

  private func write(
    _ change: Change, readBy recommendations: [String], _ html: inout HTMLWriter
  ) {
    let isNamed = site.maxAffected > 0
    html.element(.td) { html in
      guard let label = change.resource else {
        html.element(.span, .class("muted"), words: "the instance")
        return
      }
      html.resource(
        isNamed ? label : "not named", id: isNamed ? change.resourceID ?? "" : "")
    }
    if change.type == .drift {
      let values = ValueMovement(from: change.from, to: change.to, longest: 200)
      html.element(.td) { $0.element(.code, text: change.setting ?? "") }
      html.element(.td) { $0.element(.code, text: shown(change.from, values.before)) }
      html.element(.td) { $0.element(.code, text: shown(change.to, values.after)) }
    } else {
      html.element(.td, .span(3), text: Phrases.reason(of: change))
    }
    html.element(.td) { html in
      for (index, name) in recommendations.prefix(2).enumerated() {
        if index > 0 { html.words(", ") }
        if let title = site.byRecommendation[name]?.first?.title {
          html.link(title, to: .page(.recommendation(name)))
        } else {
          html.text(name)
        }
      }
      if recommendations.count > 2 { html.text(" and \(recommendations.count - 2) more") }
      if change.cause != .drift { html.text(" (\(Words.of(change.cause)))") }
    }
  }

  /// Lists and objects may name people.
  private func shown(_ value: JSONValue?, _ text: String) -> String {
    if site.maxAffected > 0 || (value?.array == nil && value?.object == nil) { return text }
    return value?.array.map { Words.count($0.count, "element") } ?? "not shown"
  }
}
