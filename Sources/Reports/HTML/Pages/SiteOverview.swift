internal import Posture

/// The first page: how are we, what got worse, what first, whose move.
struct SiteOverview {
  let site: SiteContext

  private static let mostChanges = 12
  private static let mostWork = 10

  func write(into html: inout HTMLWriter) {
    html.element(.div, .class("lead")) { html in
      html.element(.h1, words: "SaaS posture")
      html.element(.p, .class("origin")) { html in
        PageFrame(site: site).origin(&html)
        if let previous = site.story.previous {
          html.words(" · compared with the report of ")
          html.time(previous.at, isDay: true)
        }
      }
      html.element(.p, .class("answer"), text: answer)
    }
    tiles(&html)
    html.element(.div, .class("columns")) { html in
      html.element(.section, .labelled(by: "worse")) { worse(&$0) }
      html.element(.section, .labelled(by: "first")) { first(&$0) }
    }
    html.element(.section, .labelled(by: "moves")) { html in
      html.heading(.h2, "moves", "Whose move")
      SiteMoves(site: site).write(into: &html)
    }
    html.element(.section, .labelled(by: "seen")) { html in
      html.heading(.h2, "seen", "Instances")
      InstanceTable(site: site, most: 10).write(into: &html)
    }
    gates(&html)
    otherChanges(&html)
  }

  /// `1 of 3 initiatives is on target. 2 regressed, 1 resolved since.`
  private var answer: String {
    let initiatives = site.comparison.initiatives
    let met = initiatives.count { initiative in
      initiative.score.score.map { $0 >= Fraction(initiative.score.definition.targetScore) }
        ?? false
    }
    let goals =
      initiatives.isEmpty
      ? "No initiative is tracked."
      : "\(met) of \(Words.count(initiatives.count, "initiative")) on target."
    let counts = Headline(site.comparison).counts
    let changes =
      counts.isEmpty
      ? "Nothing changed."
      : "\(site.story.previous.map { "Since \($0.at.day)" } ?? "Since then"): \(counts.joined(separator: ", "))."
    let unseen = site.instances.count { $0.recommendations && $0.isStale }
    let sight =
      unseen == 0 ? "" : " \(Words.count(unseen, "instance")) not seen as it is now."
    return "\(goals) \(changes)\(sight)"
  }

  // MARK: How are we

  private func tiles(_ html: inout HTMLWriter) {
    let initiatives = site.comparison.initiatives
    guard !initiatives.isEmpty else {
      html.note("No initiative is tracked: declare one, and its score stands here.")
      return
    }
    html.element(.section, .class("tiles"), .label("Initiatives")) { html in
      for initiative in initiatives.fallsFirst {
        ScoreTile(initiative: initiative, site: site).write(into: &html)
      }
    }
  }

  // MARK: What got worse

  private func worse(_ html: inout HTMLWriter) {
    html.heading(.h2, "worse", "What got worse")
    let entries = ResultEntry.ofAll(
      ChangeGroups(site.comparison.changes).results, index: site.index)
    let worse = entries.filter {
      [.regressed, .appeared, .worse, .lostSight].contains($0.meaning)
    }
    if worse.isEmpty { html.note("Nothing.") }
    let groups = worse.grouped(by: \.recommendation)
    ChangeList(site: site).write(groups: groups.prefix(Self.mostChanges), into: &html)
    if groups.count > Self.mostChanges {
      html.element(.p) { $0.link("All \(worse.count)", to: .page(.compare)) }
    }
    let better = entries.filter { $0.meaning == .resolved }
    if !better.isEmpty {
      html.element(.details) { html in
        html.element(.summary, text: "\(better.count) resolved")
        ChangeList(site: site)
          .write(groups: better.grouped(by: \.recommendation).prefix(50), into: &html)
      }
    }
    let drift = ChangeGroups(site.comparison.changes).drift.count
    if drift > 0 {
      html.element(.p) { html in
        html.link(
          Words.count(
            drift, "setting or resource drifted", plural: "settings and resources drifted"),
          to: .page(.drift))
      }
    }
  }

  // MARK: What first

  private func first(_ html: inout HTMLWriter) {
    html.heading(.h2, "first", "Do first")
    let work = site.results.map(\.result).filter(\.isOpen)
    if work.isEmpty { html.note("Nothing is left to address.") }
    html.element(.ol, .class("work")) { html in
      for results in work.grouped(by: \.name).prefix(Self.mostWork) { item(results, &html) }
    }
    if work.count > Self.mostWork {
      html.element(.p) { html in
        html.link(
          "All \(work.count) to address",
          to: .page(
            .recommendations, query: [("status", "toAddress"), ("compliance", "notCompliant")]))
      }
    }
  }

  /// One recommendation, on the instances where it is to be addressed. What it gains on each adds up.
  private func item(_ results: [RecommendationResult], _ html: inout HTMLWriter) {
    guard let first = results.first else { return }
    let best = first.greatestImpact
    let gain = Fraction.sum(results.map { $0.impact(on: best?.initiative ?? "") })
    html.element(.li) { html in
      html.element(.span, .class("gain"), text: gain == .zero ? "–" : gain.signedOneDecimal)
      html.element(.div) { html in
        html.link(first.title, to: .page(.recommendation(first.name)))
        html.element(.p, .class("facts")) { html in
          html.impact(first.impact)
          html.words(" · ")
          html.instances(results.map(\.instance), of: first.name)
          let extent = results.count == 1 ? first.extent : nil
          for fact in [extent, gain == .zero ? nil : best?.title].compactMap(\.self)
            + first.notableEffort
          {
            html.words(" · ")
            html.text(fact)
          }
        }
      }
    }
  }

  // MARK: Gates, and what else changed

  private func gates(_ html: inout HTMLWriter) {
    guard !site.story.gates.isEmpty else { return }
    html.element(.section, .labelled(by: "gates")) { html in
      html.heading(.h2, "gates", "Gates")
      html.element(.ul, .class("plain")) { html in
        for gate in site.story.gates {
          html.element(.li) { html in
            StateMark(gate).write(into: &html)
            html.words(" ")
            html.element(.code, text: gate.name)
            html.text(": \(Phrases.reason(of: gate))")
          }
        }
      }
    }
  }

  private func otherChanges(_ html: inout HTMLWriter) {
    let events = site.comparison.events
    if !events.isEmpty {
      html.element(.section, .labelled(by: "falls")) { html in
        html.heading(.h2, "falls", "Scores that fell")
        html.element(.ul, .class("plain", "falls")) { html in
          for event in events {
            let text = EventText(event, index: site.index)
            html.element(.li) { html in
              html.element(.strong, text: text.title)
              html.text(" \(text.sentence)")
            }
          }
        }
      }
    }
    let groups = ChangeGroups(site.comparison.changes)
    let others = groups.weakened + groups.control + groups.exceptions + groups.gaps
    guard !others.isEmpty else { return }
    html.element(.section, .labelled(by: "declared")) { html in
      html.heading(.h2, "declared", "Declared, and seen, otherwise")
      html.element(.ul, .class("plain")) { html in
        for change in others.prefix(30) {
          html.element(.li) { html in
            html.element(.strong, text: Phrases.subject(of: change))
            html.text(" \(Words.declaration(change))")
          }
        }
      }
      if others.count > 30 { html.note("… and \(others.count - 30) more.") }
    }
  }
}
