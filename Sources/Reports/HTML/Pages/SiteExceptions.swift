internal import Posture
internal import Text
internal import YAML

/// Every decision about what is not met: expired, ending soon and dead ones first.
struct SiteExceptions {
  let site: SiteContext

  func write(into html: inout HTMLWriter) {
    let items = site.comparison.exceptions
    html.element(.h1, words: "Exceptions")
    if items.isEmpty {
      html.note("None is declared.")
    } else {
      html.element(.p, .class("answer"), text: ExceptionWords.totals(items))
    }
    let order: [(Snapshot.Exception.State, String)] = [
      (.expired, "Expired"), (.expiringSoon, "Expiring soon"), (.unused, "Unused"),
      (.active, "Active"),
    ]
    for (state, title) in order {
      let listed = items.filter { $0.state == state }.sorted(by: ExceptionPlan.endsFirst)
      guard !listed.isEmpty else { continue }
      html.element(.section, .labelled(by: "list/\(state.rawValue)")) { html in
        html.heading(.h2, "list/\(state.rawValue)", "\(title) (\(listed.count))")
        if state == .unused {
          html.note("They hold, but nothing that they cover is amiss any more: delete them.")
        }
        for item in listed { ExceptionParts(site: site).card(item, into: &html) }
      }
    }
    breakGlass(&html)
  }

  private func breakGlass(_ html: inout HTMLWriter) {
    let kept = BreakGlassEntry.of(site.comparison)
    guard !kept.isEmpty else { return }
    html.element(.section, .labelled(by: "list/break-glass")) { html in
      html.heading(.h2, "list/break-glass", "Break-glass accounts")
      html.note("Policies may leave them out, so that an emergency has a way in.")
      html.scrolling("Break-glass accounts") { html in
        html.element(.table) { html in
          html.head("Account or group", "Kind", "Instance", "Owner", "Reason")
          html.element(.tbody) { html in
            for entry in kept {
              html.element(.tr) { html in
                html.element(.td, text: site.maxAffected > 0 ? entry.item.id : "not named")
                html.element(.td, text: entry.item.kind.rawValue)
                html.element(.td) { $0.instanceLink(entry.instance, in: site) }
                html.element(.td, text: entry.item.owner)
                html.element(.td, text: entry.item.reason)
              }
            }
          }
        }
      }
    }
  }
}

/// An exception: who answers for it and why, until when, what it covers and what it does to scores.
struct ExceptionParts {
  let site: SiteContext

  /// All of it.
  func card(_ item: ExceptionPlan, into html: inout HTMLWriter) {
    let exception = item.exception
    html.element(.article, .class("card"), .id(Slug(exception.name).text)) { html in
      html.element(.h3) { html in
        StateMark(item.state).write(into: &html)
        html.words(" ")
        html.text(exception.name)
      }
      html.element(.p, text: exception.justification)
      html.element(.dl, .class("facts")) { html in
        fact("Decided", Words.of(exception.status), &html)
        fact("Last day", exception.expires?.description ?? "no end", &html)
        fact("Owner", exception.owner, &html)
        if let ticket = exception.ticket { fact("Ticket", ticket, &html) }
        html.element(.dt, words: "Covers")
        html.element(.dd) { html in
          html.text(
            item.state == .expired ? "nothing any more, of " : ExceptionWords.covers(item) + " of ")
          names(exception.recommendations.map(\.value), &html) { name, html in
            if site.hasPage(ofRecommendation: name) {
              html.link(name, to: .page(.recommendation(name)))
            } else {
              html.text(name)
            }
          }
          html.words(" on ")
          names(item.instances, &html) { $1.instanceLink($0, in: site) }
        }
        if let resources = exception.resources?.value, site.maxAffected > 0 {
          html.element(.dt, words: "Only")
          html.element(.dd) { $0.element(.code) { $0.prose(resources) } }
        }
        if !item.effects.isEmpty {
          fact("Scores", item.effects.map(Phrases.text).joined(separator: "; "), &html)
        }
        let history = ExceptionHistory(item.origin)
        if let introduced = history.introduced { fact("Added", introduced, &html) }
        if let changed = history.changed { fact("Changed", changed, &html) }
        html.element(.dt, words: "Declared")
        html.element(.dd) { $0.source(exception.mark, in: site) }
      }
    }
  }

  private func fact(_ title: StaticString, _ text: String, _ html: inout HTMLWriter) {
    html.element(.dt) { $0.words(title) }
    html.element(.dd, text: text)
  }

  private func names(
    _ names: [String], _ html: inout HTMLWriter, _ write: (String, inout HTMLWriter) -> Void
  ) {
    for (index, name) in names.prefix(10).enumerated() {
      if index > 0 { html.words(", ") }
      write(name, &html)
    }
    if names.count > 10 { html.text(" and \(names.count - 10) more") }
  }

  /// What a recommendation's page tells of those that are about it.
  func table(_ items: [ExceptionPlan], into html: inout HTMLWriter) {
    html.scrolling("Exceptions") { html in
      html.element(.table, .data("data-sortable")) { html in
        html.head("Exception", "State", "Decided", "Last day", "Owner", "Covers", "Added", "Why")
        html.element(.tbody) { html in
          for item in items { html.element(.tr) { row(item, &$0) } }
        }
      }
    }
  }

  private func row(_ item: ExceptionPlan, _ html: inout HTMLWriter) {
    let exception = item.exception
    html.element(.th, .scope("row")) {
      $0.link(exception.name, to: .page(.exceptions, anchor: Slug(exception.name).text))
    }
    html.element(.td) { StateMark(item.state).write(into: &$0) }
    html.element(.td, text: Words.of(exception.status))
    html.element(.td, .class("day"), text: exception.expires?.description ?? "no end")
    html.element(.td, text: exception.owner)
    html.element(.td, text: ExceptionWords.covers(item))
    html.element(.td, text: ExceptionHistory(item.origin).introduced ?? "–")
    html.element(.td, text: exception.justification)
  }
}
