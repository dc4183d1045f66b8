/// How a plan is written for `--format` and `--output`.
package enum ReportFormat: String, Sendable, CaseIterable {
  /// For a terminal.
  case text
  /// For a pull request.
  case markdown
  /// For programs: the interface that `plumb schema plan` describes.
  case json
  /// For code scanning: SARIF 2.1.0.
  case sarif
  /// For test reports: JUnit XML.
  case junit
  /// For SIEMs: OCSF Compliance Findings, one JSON object a line.
  case ocsf
  /// For monitoring: the OpenMetrics text format.
  case openmetrics
  /// For spreadsheets.
  case csv
  /// For people who would rather look: one file that opens without a network.
  case html
  /// Annotations of a GitHub Actions job: workflow commands.
  case github
}
