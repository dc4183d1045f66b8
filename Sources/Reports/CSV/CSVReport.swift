internal import JSON
package import Posture

/// A plan's results as CSV (RFC 4180), for spreadsheets: a header, then a record for each result, new
/// failures first.
package enum CSVReport {
  /// The affected resources that a record names.
  private static let mostResources = 50

  private static let header = [
    "instance", "displayName", "app", "recommendation", "title", "impact", "category",
    "compliance", "status", "change", "affected", "counted", "exempt", "pointsEarned",
    "pointsPossible", "scoreImpact", "exception", "since", "stale", "reason", "affectedResources",
    "controls", "manage", "evidence", "expected",
  ]

  package static func plan(_ plan: Comparison, filter: PlanFilter = PlanFilter()) -> [UInt8] {
    var text = record(header)
    for finding in Finding.of(filter.applied(to: plan)) { text += record(fields(of: finding)) }
    return Array(text.utf8)
  }

  private static func fields(of finding: Finding) -> [String] {
    let result = finding.result
    let recommendation = finding.recommendation
    let decision = result.decision
    let standing = result.standing
    return [
      result.instance, Escaping.terminal(finding.instance.displayName), finding.instance.app,
      recommendation.name, Escaping.terminal(recommendation.title), recommendation.impact.rawValue,
      recommendation.category.rawValue, decision.compliance.rawValue,
      result.status?.rawValue ?? "", finding.newsText ?? "", String(decision.affectedCount),
      String(decision.counted), String(decision.exemptCount), standing.earned.oneDecimal,
      String(standing.possible), result.greatestImpact?.impact.oneDecimal ?? "",
      result.exception ?? "", result.since?.description ?? "", result.isStale ? "true" : "false",
      decision.reasonText.map { Escaping.terminal($0) } ?? "",
      finding.affectedText(most: mostResources) ?? "",
      Escaping.terminal(
        recommendation.controls.map { "\($0.framework) \($0.id)" }.joined(separator: ", ")),
      result.manage.flatMap(Escaping.linkTarget) ?? "",
      Escaping.terminal(values(result.verdict.facts.map { ($0.name, $0.value) })),
      Escaping.terminal(values(result.verdict.expected.map { ($0.name, $0.value) })),
    ]
  }

  /// `superAdministrators: 5; policies: []`.
  private static func values(_ values: [(name: String, value: JSONValue)]) -> String {
    values.map { "\($0.name): \(Fact.words($0.value, longest: 300))" }.joined(separator: "; ")
  }

  /// One line, ended by CRLF as the standard has it.
  private static func record(_ fields: [String]) -> String {
    fields.map(Escaping.csv).joined(separator: ",") + "\r\n"
  }
}

extension Escaping {
  /// For one field of CSV.
  ///
  /// What a spreadsheet would take for a formula begins with an apostrophe, which makes it text
  /// ([OWASP, CSV Injection](https://owasp.org/www-community/attacks/CSV_Injection)).
  static func csv(_ text: String) -> String {
    let begin = text.unicodeScalars.first { $0 != " " && $0 != "\"" && $0 != "'" }
    let isFormula = begin.map(formulaSigns.contains) ?? false
    let safe = isFormula ? "'" + text : text
    let needsQuotes =
      safe.unicodeScalars.contains { ",\"\r\n;\t".unicodeScalars.contains($0) }
      || safe.first == " " || safe.last == " "
    return needsQuotes ? "\"" + safe.replacing("\"", with: "\"\"") + "\"" : safe
  }

  /// Full-width forms too: some spreadsheets take them for the plain ones.
  private static let formulaSigns: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "|", "%", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
  ]
}
