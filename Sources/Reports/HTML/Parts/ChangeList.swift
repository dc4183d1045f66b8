internal import Posture

/// What changed of results, each as one thing with its cause.
struct ChangeList {
  let site: SiteContext

  func write(_ entries: [ResultEntry], into html: inout HTMLWriter) {
    write(groups: entries.map { [$0] }[...], into: &html)
  }

  /// Each group is of one recommendation, and told as one thing.
  func write(groups: ArraySlice<[ResultEntry]>, into html: inout HTMLWriter) {
    guard !groups.isEmpty else { return }
    html.element(.ul, .class("changes")) { html in
      for entries in groups { html.element(.li) { item(entries, &$0) } }
    }
  }

  private func item(_ entries: [ResultEntry], _ html: inout HTMLWriter) {
    let entry = entries[0]
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
        if entry.result != nil {
          html.instances(entries.map(\.instance), of: entry.recommendation)
        } else {
          html.instanceLink(entry.instance, in: site)
        }
        // The mark says that it fails now, and most that do were met before.
        if entry.change.type != .regressed || entry.change.earlierVerdict != .compliant {
          html.text(" · \(Words.transition(entry.change))")
        }
        if entries.count == 1, let extent = entry.result?.extent { html.text(" · \(extent)") }
        let causes = Set(entries.map { Words.of($0.change.cause) }).sorted()
        html.text(" · \(causes.joined(separator: "; "))")
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

extension HTMLWriter {
  /// The instances of a recommendation's results, the first of them by name.
  mutating func instances(_ names: [String], of recommendation: String) {
    for (index, name) in names.prefix(3).enumerated() {
      if index > 0 { words(", ") }
      link(name, to: .result(recommendation, on: name))
    }
    if names.count > 3 {
      words(" and ")
      link(
        "\(names.count - 3) more", to: .page(.recommendation(recommendation), anchor: "instances"))
    }
  }
}

extension Array {
  /// The elements with one key together, in the order of the first of each.
  func grouped(by key: (Element) -> String) -> [[Element]] {
    var places: [String: Int] = [:]
    var groups: [[Element]] = []
    for element in self {
      let key = key(element)
      if let place = places[key] {
        groups[place].append(element)
      } else {
        places[key] = groups.count
        groups.append([element])
      }
    }
    return groups
  }
}
