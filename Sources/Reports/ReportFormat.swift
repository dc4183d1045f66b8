/// How a plan is written for `--format`.
package enum ReportFormat: String, Sendable, CaseIterable {
  /// For a terminal.
  case text
  /// For a pull request.
  case markdown
  /// For programs: the interface that `plumb schema plan` describes.
  case json
}
