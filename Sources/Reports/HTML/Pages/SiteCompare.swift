internal import Posture

/// What changed since the report before, and since some days ago.
struct SiteCompare {
  let site: SiteContext

  private static let mostRows = 200

  private struct Side {
    let anchor: String
    let title: String
    let from: ReportReference?
    let to: ReportReference?
    let changes: [Change]
    let initiatives: [InitiativePlan]
  }

  private var sides: [Side] {
    [
      Side(
        anchor: "last", title: "Since the report before", from: site.story.previous,
        to: site.story.report, changes: site.comparison.changes,
        initiatives: site.comparison.initiatives)
    ]
      + site.story.earlier.map { title, step in
        Side(
          anchor: Slug(title).text, title: title, from: step.from, to: step.to,
          changes: step.changes, initiatives: step.initiatives)
      }
  }

  func write(into html: inout HTMLWriter) {
    html.element(.h1, words: "Compare")
    for side in sides {
      html.element(.section, .labelled(by: side.anchor)) { html in
        html.heading(.h2, side.anchor, side.title)
        write(side, &html)
      }
    }
    if let from = sides.last?.from {
      html.element(.p, words: "Any two reports, as text, Markdown or JSON:")
      html.command(
        "plumb diff \(Words.short(from.revision))\(site.story.report.map { " " + Words.short($0.revision) } ?? "")"
      )
    }
  }

  private func write(_ side: Side, _ html: inout HTMLWriter) {
    html.element(.p, .class("facts")) { html in
      guard let from = side.from else { return html.words("Nothing was recorded before.") }
      html.time(from.at)
      html.words(" ")
      html.commit(from.revision, in: site)
      html.words(" → ")
      if let to = side.to {
        html.time(to.at)
        html.words(" ")
        html.commit(to.revision, in: site)
      } else {
        html.words("now")
      }
    }
    let headline = Headline(side.changes, initiatives: side.initiatives)
    html.element(
      .p, .class("answer"),
      text: headline.counts.isEmpty
        ? "Nothing changed." : headline.counts.joined(separator: ", ") + ".")
    scores(side.initiatives, &html)
    let groups = ChangeGroups(side.changes)
    results(groups.results, &html)
    let others = groups.weakened + groups.control + groups.exceptions + groups.gaps
    list("Declared, and seen, otherwise", others, &html)
  }

  private func scores(_ initiatives: [InitiativePlan], _ html: inout HTMLWriter) {
    let moved = initiatives.filter(\.hasMoved).fallsFirst
    guard !moved.isEmpty else { return }
    html.element(.ul, .class("plain")) { html in
      for initiative in moved {
        html.element(.li) { html in
          if site.hasPage(ofInitiative: initiative.name) {
            html.link(
              initiative.score.definition.title, to: .page(.initiative(initiative.name)))
          } else {
            html.text(initiative.score.definition.title)
          }
          html.text(
            " \(Words.movement(from: initiative.before, to: initiative.score.score)) (target \(initiative.score.definition.targetScore)) "
          )
          StateMark(from: initiative.before, to: initiative.score.score)?.write(into: &html)
        }
      }
    }
  }

  private func results(_ changes: [Change], _ html: inout HTMLWriter) {
    let entries = ResultEntry.ofAll(changes, index: site.index)
    guard !entries.isEmpty else { return }
    ChangeList(site: site).write(Array(entries.prefix(Self.mostRows)), into: &html)
    if entries.count > Self.mostRows {
      html.note("… and \(entries.count - Self.mostRows) more.")
    }
  }

  private func list(_ title: String, _ changes: [Change], _ html: inout HTMLWriter) {
    guard !changes.isEmpty else { return }
    html.element(.details) { html in
      html.element(.summary, text: "\(title) (\(changes.count))")
      html.element(.ul, .class("plain")) { html in
        for change in changes.prefix(Self.mostRows) {
          html.element(.li) { html in
            html.element(.strong, text: Phrases.subject(of: change))
            html.text(" \(Words.declaration(change))")
          }
        }
      }
    }
  }
}
