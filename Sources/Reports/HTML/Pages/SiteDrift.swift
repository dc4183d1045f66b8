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
    html.scrolling("Drift of \(instance)") { html in
      html.element(.table, .data("data-sortable")) { html in
        html.head("Recommendation", "Resource", "Setting", "Before", "Now", "Cause")
        html.element(.tbody) { html in
          for change in changes.prefix(Self.mostRows) { html.element(.tr) { row(change, &$0) } }
        }
      }
    }
    if changes.count > Self.mostRows {
      html.note("… and \(changes.count - Self.mostRows) more.")
    }
  }

  private func row(_ change: Change, _ html: inout HTMLWriter) {
    html.element(.td) { html in
      let name = change.recommendation ?? ""
      if let title = site.byRecommendation[name]?.first?.title {
        html.link(title, to: .page(.recommendation(name)))
      } else {
        html.text(name)
      }
    }
    let isNamed = site.maxAffected > 0
    html.element(.td) { html in
      guard let label = change.resource else { return }
      html.text(isNamed ? label : "not named")
      if isNamed, let id = change.resourceID, id != label {
        html.words(" ")
        html.element(.small, text: id)
      }
    }
    if change.type == .drift {
      let values = ValueMovement(from: change.from, to: change.to, longest: 200)
      html.element(.td) { $0.element(.code, text: change.setting ?? "") }
      html.element(.td) { $0.element(.code, text: shown(change.from, values.before)) }
      html.element(.td) { $0.element(.code, text: shown(change.to, values.after)) }
    } else {
      html.element(.td, .span(3), text: Phrases.reason(of: change))
    }
    html.element(.td, text: Words.of(change.cause))
  }

  /// Lists and objects may name people.
  private func shown(_ value: JSONValue?, _ text: String) -> String {
    if site.maxAffected > 0 || (value?.array == nil && value?.object == nil) { return text }
    return value?.array.map { Words.count($0.count, "element") } ?? "not shown"
  }
}
