internal import Posture

/// What changed of results, each as one thing with its cause.
struct ChangeList {
  let site: SiteContext

  func write(_ entries: [ResultEntry], into html: inout HTMLWriter) {
    guard !entries.isEmpty else { return }
    html.element(.ul, .class("changes")) { html in
      for entry in entries { html.element(.li) { item(entry, &$0) } }
    }
  }

  private func item(_ entry: ResultEntry, _ html: inout HTMLWriter) {
    mark(entry).writeShape(into: &html)
    html.element(.div) { html in
      if site.hasPage(ofRecommendation: entry.recommendation) {
        html.link(entry.title, to: .page(.recommendation(entry.recommendation)))
      } else {
        html.text(entry.title)
      }
      html.element(.p, .class("facts")) { html in
        if let impact = entry.result?.impact {
          html.impact(impact)
          html.words(" · ")
        }
        if let result = entry.result {
          html.link(entry.instance, to: .result(result.name, on: entry.instance))
        } else {
          html.instanceLink(entry.instance, in: site)
        }
        // The mark says that it fails now, and most that do were met before.
        if entry.change.type != .regressed || entry.change.earlierVerdict != .compliant {
          html.text(" · \(Words.transition(entry.change))")
        }
        if let extent = entry.result?.extent { html.text(" · \(extent)") }
        html.text(" · \(Words.of(entry.change.cause))")
      }
    }
  }

  private func mark(_ entry: ResultEntry) -> StateMark {
    switch entry.meaning {
    case .regressed, .appeared, .worse: StateMark(.notCompliant)
    case .lostSight: StateMark(.unknown)
    case .resolved: StateMark(.compliant, isStale: entry.result?.isStale ?? false)
    case .changed, .removed: StateMark(.notApplicable)
    }
  }
}
