internal import Posture

/// `frameworks/<name>.md`: the controls of a framework that recommendations of the connected apps decide.
///
/// What is about other apps is left out: `plumb show --framework` lists every control.
enum FrameworkPage {
  static func render(_ standing: FrameworkStanding, in context: TreeContext) -> [UInt8] {
    let framework = standing.framework
    let here = TreePage.framework(framework.name)
    var page = MarkdownPage()
    page.heading(1, "\(framework.title), \(framework.version)")
    page.paragraph(here.navigation)
    page.paragraph(
      "\(framework.name, to: framework.url) · \(summary(of: standing)). The framework has \(standing.controls.count) controls; those that nothing here decides are listed by \(code: "plumb show --framework \(framework.name)")."
    )
    if let gap = framework.gap { page.paragraph("Not the whole list: \(gap)") }
    page.table(
      ["Control", "Asks", "Verdict", "Recommendations", "Not compliant on", "Missing"],
      decided(standing).map { control in
        let names = control.recommendations.map { mapping -> Markdown in
          let part = mapping.part.map { " (part: \($0))" } ?? ""
          return "\(context.title(of: mapping.recommendation, mapping.title, on: here))\(part)"
        }
        let failing = control.results.filter { $0.decision.compliance == .notCompliant }
        return [
          "\(raw: Markdown.anchor(control.control.id))\(cell: control.control.id)",
          "\(control.control.title)", "\(raw: control.fulfilment.words)", names.joined(", "),
          failing.prefix(mostInstances).map { result in
            context.instance(result.instance, at: result.name, on: here)
          }.joined(", ")
            .adding(
              failing.count > mostInstances ? " and \(failing.count - mostInstances) more" : ""),
          "\(control.gap ?? "")",
        ]
      })
    return page.bytes
  }

  private static let mostInstances = 10

  /// `12 controls: 8 met, 4 not met`, of those that something decides.
  static func summary(of standing: FrameworkStanding) -> String {
    let decided = decided(standing)
    let parts = ControlStanding.Fulfilment.allCases.compactMap { fulfilment -> String? in
      let count = decided.count { $0.fulfilment == fulfilment }
      return count == 0 ? nil : "\(count) \(fulfilment.words)"
    }
    return "\(Words.count(decided.count, "control")): \(parts.joined(separator: ", "))"
  }

  private static func decided(_ standing: FrameworkStanding) -> [ControlStanding] {
    standing.controls.filter { !$0.recommendations.isEmpty }
  }
}
