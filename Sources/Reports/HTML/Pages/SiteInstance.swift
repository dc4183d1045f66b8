internal import Posture
internal import Text

/// One instance: how it is seen, what it scores, and each of its recommendations with what was found.
struct SiteInstance {
  let instance: InstancePlan
  let site: SiteContext

  func write(into html: inout HTMLWriter) {
    html.element(.h1, text: instance.displayName)
    facts(&html)
    guard instance.recommendations else {
      return html.note(
        "Recommendations are off: the instance is declared, is not assessed, and counts in no score."
      )
    }
    score(&html)
    gaps(&html)
    let sorted = site.index.urgencies.sorted(instance.results).map(\.result)
    let without = sorted.filter { $0.decision.compliance == .notApplicable }
    let lists: [(anchor: String, title: String, results: [RecommendationResult])] = [
      ("open", "To address", sorted.filter(\.isOpen)),
      (
        "decided", "Not compliant, and decided",
        sorted.filter { $0.decision.compliance == .notCompliant && !$0.isOpen }
      ),
      ("unknown", "Unknown", sorted.filter { $0.decision.compliance == .unknown }),
      (
        "compliant", instance.isStale ? "Compliant when last seen" : "Compliant",
        sorted.filter { $0.decision.compliance == .compliant }
      ),
      ("by-hand", "To look at by hand", without.filter { $0.lookedUp != nil }),
      ("not-applicable", "Not applicable", without.filter { $0.lookedUp == nil }),
    ]
    for list in lists where !list.results.isEmpty {
      // Two recommendations may not be named as a list is: names of lists stand behind `list/`.
      html.element(.section, .labelled(by: "list/\(list.anchor)")) { html in
        html.heading(.h2, "list/\(list.anchor)", "\(list.title) (\(list.results.count))")
        for result in list.results { details(result, &html) }
      }
    }
    imported(&html)
    RecordedSettings(instance: instance, site: site).write(into: &html)
    collections(&html)
  }

  private func facts(_ html: inout HTMLWriter) {
    html.element(.p, .class("facts")) { html in
      html.element(.code, text: instance.name)
      html.text(" · \(instance.appTitle) · ")
      StateMark(instance).write(into: &html)
      if let observedAt = instance.observedAt {
        html.words(" · observed ")
        html.time(observedAt)
      }
      for source in SourceWords.of(instance) { html.text(" · source \(source)") }
      for (key, value) in instance.labels.sorted(by: { $0.key < $1.key }) {
        html.words(" · ")
        html.element(.code, text: "\(key)=\(value)")
      }
      if let mark = instance.mark {
        html.words(" · ")
        html.source(mark, in: site)
      }
    }
  }

  private func score(_ html: inout HTMLWriter) {
    func count(_ compliance: Compliance) -> Int {
      instance.results.count { $0.decision.compliance == compliance }
    }
    html.element(.section, .class("figures"), .label("Figures")) { html in
      figure("Score", Words.of(instance.card.score), &html)
      figure("Compliant", "\(count(.compliant))", &html)
      figure("Not compliant", "\(count(.notCompliant))", &html)
      figure("Unknown", "\(count(.unknown))", &html)
      figure(
        "Assessed", instance.card.coverage.percentage.map { "\($0.oneDecimal) %" } ?? "–", &html)
    }
    if let history = site.story.history, let chart = site.chart(.instance(instance.name)) {
      chart.write(period: history.period, title: "Score of \(instance.name)", into: &html)
    }
  }

  private func figure(_ title: String, _ value: String, _ html: inout HTMLWriter) {
    html.element(.p, .class("figure")) { html in
      html.element(.span, text: title)
      html.element(.strong, text: value)
    }
  }

  private func gaps(_ html: inout HTMLWriter) {
    guard let gap = Gaps(instance) else { return }
    html.element(.section, .class("gaps"), .labelled(by: "list/gaps")) { html in
      html.heading(.h2, "list/gaps", "Not seen")
      html.element(.ul) { html in
        for sentence in gap.sentences { html.element(.li, text: sentence) }
      }
    }
  }

  // MARK: One recommendation

  private func details(_ result: RecommendationResult, _ html: inout HTMLWriter) {
    html.element(.details, .id(Slug(result.name).text), .class("result")) { html in
      html.element(.summary) { html in
        StateMark(result.decision.compliance, isStale: result.isStale).writeShape(into: &html)
        html.impact(result.impact)
        html.element(.strong, text: result.title)
        html.element(.span, .class("facts"), text: summary(result).joined(separator: " · "))
      }
      FoundParts(result: result, site: site).write(into: &html)
      html.element(.p, .class("links")) { html in
        html.link("Why, and how to remedy it", to: .page(.recommendation(result.name)))
        // In one file every byte counts, and the recommendation has the link as well.
        if site.layout == .site, result.decision.compliance != .compliant,
          let manage = result.manage,
          Escaping.linkTarget(manage) != nil
        {
          html.words(" · ")
          html.link("Open the console", to: .web(manage))
        }
        if let exception = result.exception {
          html.words(" · exception ")
          html.link(exception, to: .page(.exceptions, anchor: Slug(exception).text))
        }
      }
    }
  }

  private func summary(_ result: RecommendationResult) -> [String] {
    var facts = [result.extent, result.gain.map(\.points)].compactMap(\.self)
    if result.decision.exemptCount > 0 { facts.append("\(result.decision.exemptCount) exempt") }
    if let status = result.status, status != .toAddress, status != .completed {
      facts.append(Words.of(status))
    }
    if let since = result.since { facts.append("since \(since.day)") }
    return facts
  }

  // MARK: What vendors say, and what was read

  private func imported(_ html: inout HTMLWriter) {
    for score in site.comparison.imports {
      let spoken = score.recommendations.filter { $0.subject == instance.name && $0.isScored }
      guard score.instance == instance.name || !spoken.isEmpty else { continue }
      html.element(.section, .labelled(by: "list/\(score.source.file)")) { html in
        html.heading(.h2, "list/\(score.source.file)", score.source.title)
        html.element(.p, text: "\(ImportWords.total(score)); \(ImportWords.counted(score)).")
        html.scrolling(score.source.title) { html in
          html.element(.table, .class("small")) { html in
            html.head("Recommendation", "Compliance", "Status", ">Points")
            html.element(.tbody) { html in
              for item in spoken.sorted(by: ImportedRecommendation.comesFirst).prefix(200) {
                html.element(.tr, .id(Slug(item.name).text)) { html in
                  html.element(.td, text: item.control.title)
                  html.element(.td) { StateMark(item.compliance).write(into: &$0) }
                  html.element(.td, text: item.status.map(Words.of) ?? "–")
                  html.numberCell(
                    item.control.earned.map { "\($0) / \(item.control.possible)" } ?? "–")
                }
              }
            }
          }
        }
      }
    }
  }

  private func collections(_ html: inout HTMLWriter) {
    guard !instance.collections.isEmpty else { return }
    html.element(.section, .labelled(by: "list/collections")) { html in
      html.heading(.h2, "list/collections", "What was read")
      html.scrolling("Collections") { html in
        html.element(.table, .class("small"), .data("data-sortable")) { html in
          html.head("Collection", "State", ">Resources", "Why")
          html.element(.tbody) { html in
            for collection in instance.collections {
              html.element(.tr) { html in
                html.element(.td) { $0.element(.code, text: collection.name) }
                html.element(.td) { StateMark(collection.state).write(into: &$0) }
                html.numberCell("\(collection.count)")
                let source = collection.source.map { "from \($0)" }
                html.element(
                  .td,
                  text: [source, collection.fault?.detail].compactMap(\.self).joined(
                    separator: "; ")
                )
              }
            }
          }
        }
      }
    }
  }
}
