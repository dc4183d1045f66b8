internal import JSON
internal import Posture
internal import YAML

extension TextReport {
  /// `plumb explain`: one recommendation in full.
  package static func explain(
    _ explanation: Explanation, options: Options = Options()
  ) -> String {
    var writer = ExplainText(explanation.recommendation, page: options.page)
    writer.heading(appTitle: explanation.appTitle)
    writer.conditions()
    writer.section("Why", prose: explanation.recommendation.rationale)
    writer.section("How to remedy it", prose: explanation.recommendation.remediation)
    writer.links(explanation.results)
    writer.memberships(explanation.memberships)
    writer.standing(explanation)
    return writer.page.text
  }
}

/// Writes one recommendation section by section.
private struct ExplainText {
  let recommendation: Recommendation
  var page: TextPage

  init(_ recommendation: Recommendation, page: TextPage) {
    self.recommendation = recommendation
    self.page = page
  }

  mutating func heading(appTitle: String) {
    page.line(recommendation.title, .bold)
    page.blank()
    field("Name", recommendation.name)
    field("App", "\(appTitle) (\(recommendation.app.value))")
    field("Impact", "\(recommendation.impact.rawValue), \(recommendation.points) points")
    field("Category", recommendation.category.rawValue)
    if !recommendation.threats.isEmpty {
      field("Threats", recommendation.threats.map(\.rawValue).joined(separator: ", "))
    }
    field(
      "Effort",
      "cost \(recommendation.implementationCost.rawValue), user impact \(recommendation.userImpact.rawValue)"
    )
    if recommendation.isDeclared {
      field(
        "Declared",
        recommendation.origin == .desiredState
          ? "in the desired state, \(recommendation.mark)" : "changed by a RecommendationOverride")
    }
    if !recommendation.isEnabled { field("Enabled", "no: an override switches it off") }
  }

  /// What is judged and how: CEL as it was written.
  mutating func conditions() {
    page.heading("Condition")
    if let collection = recommendation.collection {
      field("collection", collection.value)
    }
    for parameter in recommendation.parameters {
      field("parameters.\(parameter.name)", parameter.value.compactText)
    }
    for variable in recommendation.variables {
      source("variables.\(variable.name.value)", variable.source.value)
    }
    if let filter = recommendation.filter { source("where", filter.value) }
    source("compliant", recommendation.compliant.value)
    if let label = recommendation.label { source("label", label.value) }
    for setting in recommendation.settings {
      source("settings.\(setting.name.value)", setting.source.value)
    }
    for item in recommendation.evidence {
      source("evidence.\(item.name.value)", item.source.value)
    }
    if let affected = recommendation.affected { source("affected", affected.value) }
    for item in recommendation.expected {
      source("expected.\(item.name.value)", item.source.value)
    }
  }

  mutating func section(_ title: String, prose: String) {
    guard !prose.isEmpty else { return }
    page.heading(title)
    for line in Escaping.terminalLines(prose) {
      // A line that a list item continues on keeps its indentation.
      let indent = line.prefix { $0 == " " }.count
      page.line([TextSpan(whole: String(line.dropFirst(indent)))], indent: 2 + indent)
    }
  }

  mutating func links(_ results: [RecommendationResult]) {
    if !recommendation.controls.isEmpty {
      page.heading("Controls")
      for control in recommendation.controls {
        page.line(Words.of(control), indent: 2)
      }
    }
    if !recommendation.differs.isEmpty {
      page.heading("Differs on purpose")
      for difference in recommendation.differs {
        page.line(
          [
            TextSpan(difference.summary, .bold), TextSpan(": \(difference.why) "),
            TextSpan(difference.reference, .cyan),
          ], indent: 2, hanging: 2)
      }
    }
    // Each instance has its own, where its parameters are given.
    let manage = results.contains { $0.manage != nil } ? nil : recommendation.manage
    guard manage != nil || !recommendation.references.isEmpty else { return }
    page.heading("References")
    if let manage {
      let advice = manage.contains("{") ? ", with the instance's own in the braces" : ""
      page.line([TextSpan("Manage: "), TextSpan(manage, .cyan), TextSpan(advice)], indent: 2)
    }
    for reference in recommendation.references {
      page.line(
        [TextSpan("\(reference.title): "), TextSpan(reference.url, .cyan)], indent: 2, hanging: 2)
    }
  }

  mutating func memberships(_ memberships: [Explanation.Membership]) {
    guard !memberships.isEmpty else { return }
    page.heading("Counts in")
    for membership in memberships {
      page.line(
        [
          TextSpan(membership.initiative.title, .bold),
          TextSpan(": \(membership.metric.title), weight \(membership.metric.weight.rawValue)"),
        ], indent: 2, hanging: 2)
    }
  }

  mutating func standing(_ explanation: Explanation) {
    if !explanation.results.isEmpty {
      page.heading("Instances")
      for result in explanation.results { line(result) }
    }
    guard !explanation.exceptions.isEmpty else { return }
    page.heading("Exceptions")
    for exception in explanation.exceptions {
      let word = explanation.isExpired(exception) ? "expired on" : "until"
      let end = exception.expires.map { ", \(word) \($0)" } ?? ""
      page.line(
        [
          TextSpan(exception.name, .bold),
          TextSpan(
            ": \(exception.status.rawValue)\(end), owner \(exception.owner): \(exception.justification)"
          ),
        ], indent: 2, hanging: 2)
    }
  }

  private mutating func line(_ result: RecommendationResult) {
    var facts = [result.decision.compliance.rawValue]
    if let status = result.status { facts.append(status.rawValue) }
    if let extent = result.extent { facts.append(extent) }
    if let gain = result.gain, result.isOpen { facts.append("\(gain.points) \(gain.initiative)") }
    if let since = result.since { facts.append("since \(since.day)") }
    if let source = result.sourceText { facts.append(source) }
    if result.isStale { facts.append("stale") }
    page.line(
      [
        TextReport.symbol(of: result), TextSpan(" \(result.instance)", .bold),
        TextSpan(" \(facts.joined(separator: " · "))"),
      ], indent: 2, hanging: 4)
    if let reason = result.decision.reasonText { page.line([TextSpan(reason, .dim)], indent: 6) }
    for fact in result.verdict.facts {
      page.line([TextSpan(fact.text(longest: 500))], indent: 6, hanging: 2)
    }
    for resource in result.decision.affected.prefix(10) {
      let facts = result.verdict.facts(of: resource).text(most: 20, longest: 200)
      page.line(
        [
          TextSpan(Words.resource(label: resource.label, id: resource.id)),
          TextSpan(facts.map { " \($0)" } ?? "", .dim),
        ], indent: 6, hanging: 2)
    }
    if result.decision.affectedCount > 10 {
      page.line("and \(result.decision.affectedCount - 10) more", .dim, indent: 6)
    }
    if let manage = result.manage { page.line([TextSpan(manage, .cyan)], indent: 6) }
  }

  // MARK: Parts

  private mutating func field(_ name: String, _ value: String) {
    let padding = String(repeating: " ", count: max(1, 12 - name.count))
    page.line(
      [TextSpan("\(name):", .dim), TextSpan("\(padding)\(value)")], indent: 2, hanging: 14)
  }

  /// An expression: on its line, or below when it has several.
  private mutating func source(_ name: String, _ expression: String) {
    var lines = Escaping.terminalLines(expression)
    while lines.last?.isEmpty == true { lines.removeLast() }
    if lines.count == 1 {
      field(name, lines[0])
    } else {
      page.line("\(name):", .dim, indent: 2)
      page.verbatim(lines, indent: 4)
    }
  }
}
