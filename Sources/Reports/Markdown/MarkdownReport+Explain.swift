internal import JSON
internal import Posture
internal import Text
internal import YAML

extension MarkdownReport {
  /// `plumb explain`: one recommendation in full, for a ticket or a wiki.
  package static func explain(_ explanation: Explanation) -> String {
    var page = MarkdownPage()
    let recommendation = explanation.recommendation
    page.heading(2, "\(recommendation.title)")
    page.paragraph(
      [
        "\(code: recommendation.name)" as Markdown, "\(explanation.appTitle)",
        "\(recommendation.impact.rawValue) impact, \(recommendation.points) points",
        "cost \(recommendation.implementationCost.rawValue)",
        "user impact \(recommendation.userImpact.rawValue)",
      ].joined(" · "))
    section("Why", recommendation.rationale, of: recommendation, &page)
    section("How to remedy it", recommendation.remediation, of: recommendation, &page)
    conditions(of: recommendation, &page)
    page.bullets(
      explanation.memberships.map { membership in
        "Counts in \(membership.initiative.title): \(membership.metric.title), weight \(membership.metric.weight.rawValue)"
      })
    page.bullets(
      recommendation.controls.map { "Control \(Words.of($0))" }
        + recommendation.differs.map { "\($0.summary, to: $0.reference): \($0.why)" }
        + recommendation.references.map { "\($0.title, to: $0.url)" })
    standing(explanation, &page)
    return page.text
  }

  private static func section(
    _ title: Markdown, _ prose: String, of recommendation: Recommendation,
    _ page: inout MarkdownPage
  ) {
    guard !prose.isEmpty else { return }
    page.heading(3, title)
    page.paragraph(MarkdownWords.prose(prose, of: recommendation))
  }

  private static func conditions(
    of recommendation: Recommendation, _ page: inout MarkdownPage
  ) {
    page.heading(3, "Condition")
    var rows: [[Markdown]] = []
    func row(_ name: String, _ source: String?) {
      if let source { rows.append(["\(cell: name)", "\(cell: source)"]) }
    }
    row("collection", recommendation.collection?.value)
    for parameter in recommendation.parameters {
      row("parameters.\(parameter.name)", parameter.value.compactText)
    }
    for variable in recommendation.variables {
      row("variables.\(variable.name.value)", variable.source.value)
    }
    row("where", recommendation.filter?.value)
    row("compliant", recommendation.compliant.value)
    row("label", recommendation.label?.value)
    for setting in recommendation.settings {
      row("settings.\(setting.name.value)", setting.source.value)
    }
    for item in recommendation.evidence {
      row("evidence.\(item.name.value)", item.source.value)
    }
    row("affected", recommendation.affected?.value)
    for item in recommendation.expected {
      row("expected.\(item.name.value)", item.source.value)
    }
    page.table(["Part", "CEL"], rows)
  }

  private static func standing(_ explanation: Explanation, _ page: inout MarkdownPage) {
    if !explanation.results.isEmpty {
      page.heading(3, "Instances")
      page.table(
        ["Instance", "Compliance", "Status", "Affected", "Since", "Reason"],
        explanation.results.map { result in
          [
            "\(cell: result.instance)", "\(result.decision.compliance.rawValue)",
            "\(result.status?.rawValue ?? "–")", "\(result.extent ?? "–")",
            "\(result.since?.day ?? "–")", "\(result.decision.reasonText ?? "")",
          ]
        })
      for result in explanation.results
      where !result.decision.affected.isEmpty || !result.verdict.facts.isEmpty
        || result.sourceText != nil
      {
        let source = result.sourceText.map { ", \($0)" } ?? ""
        page.paragraph("\(code: result.instance)\(source):")
        InstancePage.facts(result, &page)
        InstancePage.resources(result, &page)
      }
    }
    guard !explanation.exceptions.isEmpty else { return }
    page.heading(3, "Exceptions")
    page.table(
      ["Exception", "Status", "Last day", "Owner", "Justification"],
      explanation.exceptions.map { exception in
        [
          "\(cell: exception.name)", "\(exception.status.rawValue)",
          "\(exception.expires?.description ?? "–")\(raw: explanation.isExpired(exception) ? ", expired" : "")",
          "\(exception.owner)",
          "\(exception.justification)",
        ]
      })
  }
}
