package import Posture

extension MarkdownReport {
  /// A framework control by control, with the recommendations that decide each.
  package static func framework(_ standing: FrameworkStanding) -> String {
    var page = MarkdownPage()
    let framework = standing.framework
    page.heading(2, "\(framework.title), \(framework.version)")
    page.paragraph("\(framework.name, to: framework.url) · \(standing.summary)")
    if let gap = framework.gap { page.paragraph("Not the whole list: \(gap)") }
    page.table(
      ["Control", "Asks", "Verdict", "Recommendations", "Instances", "Missing"],
      standing.controls.map { control in
        let instances = control.results.map { result -> String in
          let facts =
            result.decision.compliance == .notCompliant
            ? result.verdict.facts.text(most: 3).map { " (\($0))" } ?? "" : ""
          return "\(result.instance): \(Words.of(result.decision.compliance))\(facts)"
        }
        return [
          "\(cell: control.control.id)", "\(control.control.title)",
          "\(raw: control.fulfilment.words)",
          "\(control.recommendations.map(\.text).joined(separator: ", "))",
          "\(instances.joined(separator: "; "))", "\(control.gap ?? "")",
        ]
      })
    return page.text
  }

  /// How much of each framework the catalog decides.
  package static func frameworks(_ standings: [FrameworkStanding]) -> String {
    var page = MarkdownPage()
    page.table(
      ["Framework", "Title", "Version", "Controls"],
      standings.map { standing in
        [
          "\(cell: standing.framework.name)", "\(standing.framework.title)",
          "\(standing.framework.version)", "\(standing.summary)",
        ]
      })
    return page.text
  }
}
