package import Posture

/// Several repositories on one page, each with a site of its own beside it.
extension HTMLReport {
  /// One repository: its story, or that there is none.
  package struct RollUpEntry: Sendable {
    /// Its folder, beside the page.
    let name: String
    /// Nil where the repository could not be read. Why is for whoever ran it: it may name places of a machine.
    let story: Story?

    package init(name: String, story: Story?) {
      self.name = name
      self.story = story
    }
  }

  /// The overview of all, the worst first, with its stylesheet and script.
  package static func rollUp(
    _ entries: [RollUpEntry], version: String
  ) -> [(path: String, bytes: [UInt8])] {
    [("index.html", RollUpPage(entries: entries, version: version).bytes)]
      + assets.map { (path: $0.0, bytes: $0.1) }
  }
}

private struct RollUpPage {
  let entries: [HTMLReport.RollUpEntry]
  let version: String

  /// What a repository is ranked and told by.
  private struct Row {
    let entry: HTMLReport.RollUpEntry
    var initiatives: [InitiativePlan] = []
    /// How far the initiative that is furthest from its target is from it.
    var missing: Fraction?
    var regressed = 0
    var open = 0
    var high = 0
    var unseen = 0
    var due = 0

    init(_ entry: HTMLReport.RollUpEntry) {
      self.entry = entry
      guard let story = entry.story else { return }
      let comparison = story.comparison
      initiatives = comparison.initiatives.sorted {
        (Self.missing($0) ?? .zero) > (Self.missing($1) ?? .zero)
      }
      missing = initiatives.compactMap(Self.missing).max()
      regressed = comparison.changes.count { $0.type == .regressed }
      let work = comparison.instances.flatMap(\.results).filter(\.isOpen)
      open = work.count
      high = work.count { $0.impact == .high }
      unseen = comparison.instances.count { $0.recommendations && $0.isStale }
      due = comparison.exceptions.count { $0.state != .active }
    }

    static func missing(_ initiative: InitiativePlan) -> Fraction? {
      Fraction(initiative.score.definition.targetScore) - (initiative.score.score ?? .zero)
    }

    /// What cannot be read first, then what is furthest from a target, then what has most of high impact.
    static func comesFirst(_ left: Row, _ right: Row) -> Bool {
      if (left.entry.story == nil) != (right.entry.story == nil) { return left.entry.story == nil }
      let missing = (left.missing ?? .zero, right.missing ?? .zero)
      if missing.0 != missing.1 { return missing.0 > missing.1 }
      if left.high != right.high { return left.high > right.high }
      return left.entry.name < right.entry.name
    }
  }

  var bytes: [UInt8] {
    var html = HTMLWriter(PagePlace(layout: .site, page: .overview))
    PageFrame.document(
      "SaaS posture of \(Words.count(entries.count, "repository", plural: "repositories"))",
      into: &html
    ) { html in
      html.element(.main, .id("main")) { html in
        html.element(.h1, words: "SaaS posture")
        html.element(.p, .class("answer"), text: answer)
        html.scrolling("Repositories, the worst first") { html in
          html.element(.table, .data("data-sortable")) { html in
            html.head(
              "Repository", "Report", "Initiatives, furthest from target first", ">Regressed",
              ">To address", ">High impact", ">Not seen", ">Exceptions due")
            html.element(.tbody) { html in
              for row in entries.map(Row.init).sorted(by: Row.comesFirst) {
                html.element(.tr) { write(row, &$0) }
              }
            }
          }
        }
      }
      html.element(.footer, .class("site")) { html in
        html.element(.p, text: "Plumb \(version)")
        html.element(
          .p, words: "It lists weaknesses and names: share it with those who need it.")
      }
    }
    return html.bytes + [UInt8(ascii: "\n")]
  }

  private var answer: String {
    let initiatives = entries.compactMap(\.story).flatMap(\.comparison.initiatives)
    let met = initiatives.count { (Row.missing($0) ?? .zero) <= .zero }
    let faults = entries.count { $0.story == nil }
    return
      "\(met) of \(Words.count(initiatives.count, "initiative")) on target, in \(Words.count(entries.count, "repository", plural: "repositories"))."
      + (faults == 0 ? "" : " \(faults) could not be read.")
  }

  private func write(_ row: Row, _ html: inout HTMLWriter) {
    guard let story = row.entry.story else {
      html.element(.th, .scope("row"), text: row.entry.name)
      html.element(.td, .span(7)) { html in
        html.element(.span, .class("mark", "bad"), words: "✕ could not be read")
      }
      return
    }
    html.element(.th, .scope("row")) { $0.link(row.entry.name, to: .site(row.entry.name)) }
    html.element(.td, .class("day")) { html in
      if let report = story.report { html.time(report.at, isDay: true) }
    }
    html.element(.td) { html in
      html.element(.ul, .class("plain")) { html in
        for initiative in row.initiatives {
          let score = initiative.score
          html.element(.li) { html in
            html.text("\(score.definition.title) ")
            html.element(.strong, text: Words.of(score.score))
            html.words(" ")
            StateMark(score.score, target: score.definition.targetScore).write(into: &html)
            html.words(" ")
            StateMark(from: initiative.before, to: score.score)?.write(into: &html)
          }
        }
      }
    }
    for count in [row.regressed, row.open, row.high, row.unseen, row.due] {
      html.numberCell(count == 0 ? "–" : "\(count)")
    }
  }
}
