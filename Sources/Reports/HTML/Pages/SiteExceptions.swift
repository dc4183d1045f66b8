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
        ExceptionTable(site: site).write(listed, isShort: false, into: &html)
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

/// Exceptions as rows: who answers, until when, what each covers and what it does to scores.
struct ExceptionTable {
  let site: SiteContext

  func write(_ items: [ExceptionPlan], isShort: Bool, into html: inout HTMLWriter) {
    html.scrolling("Exceptions") { html in
      html.element(.table, .data("data-sortable")) { html in
        html.head(
          isShort
            ? [
              "Exception", "Status", "State", "Last day", "Owner", "Covers", "Score with it", "Why",
            ]
            : [
              "Exception", "Status", "State", "Last day", "Owner", "Recommendations", "Instances",
              "Covers", "Score with it", "Added", "Why",
            ])
        html.element(.tbody) { html in
          for item in items {
            html.element(
              .tr, attributes: isShort ? [] : [.id(Slug(item.exception.name).text)]
            ) { row(item, isShort: isShort, &$0) }
          }
        }
      }
    }
  }

  private func row(_ item: ExceptionPlan, isShort: Bool, _ html: inout HTMLWriter) {
    let exception = item.exception
    html.element(.th, .scope("row")) { html in
      if isShort {
        html.link(exception.name, to: .page(.exceptions, anchor: Slug(exception.name).text))
      } else {
        html.text(exception.name)
        html.words(" ")
        html.element(.small) { $0.source(exception.mark, in: site) }
      }
    }
    html.element(.td, text: exception.status.rawValue)
    html.element(.td) { StateMark(item.state).write(into: &$0) }
    html.element(.td, .class("day"), text: exception.expires?.description ?? "no end")
    html.element(.td, text: exception.owner)
    if !isShort {
      html.element(.td) { html in
        names(exception.recommendations.map(\.value), &html) { name, html in
          if site.hasPage(ofRecommendation: name) {
            html.link(name, to: .page(.recommendation(name)))
          } else {
            html.text(name)
          }
        }
      }
      html.element(.td) { html in
        names(item.instances, &html) { $1.instanceLink($0, in: site) }
      }
    }
    html.element(.td, text: ExceptionWords.covers(item))
    html.element(.td, text: item.effects.map(\.text).joined(separator: "; "))
    if !isShort {
      html.element(.td, text: ExceptionHistory(item.origin).introduced ?? "–")
    }
    html.element(.td) { html in
      html.text(exception.justification)
      if let ticket = exception.ticket {
        html.words(" ")
        html.element(.small, text: ticket)
      }
    }
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
}
