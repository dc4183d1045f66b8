internal import Posture
package import YAML

extension MarkdownReport {
  /// `plumb validate`: every diagnostic of every file.
  package static func validation(
    _ diagnostics: [Diagnostic], counts: DeclaredCounts
  ) -> String {
    var page = MarkdownPage()
    let errors = diagnostics.count { $0.severity == .error }
    page.heading(
      2,
      errors == 0
        ? "Desired state: valid" : "Desired state: \(raw: Words.count(errors, "error"))")
    page.table(
      ["Place", "Severity", "Message"],
      diagnostics.map { ["\(cell: "\($0.mark)")", "\($0.severity.rawValue)", "\($0.message)"] })
    page.paragraph("\(counts.text).")
    return page.text
  }

  /// `plumb test`: the count, and what failed.
  package static func tests(_ tests: TestRun) -> String {
    var page = MarkdownPage()
    page.heading(2, "Tests of recommendations")
    page.paragraph("\(tests.totals). \(tests.absenceTotals).")
    page.table(
      ["Place", "Recommendation", "Message"],
      (tests.failures + tests.findings).map {
        ["\(cell: "\($0.mark)")", "\(cell: $0.recommendation)", "\(Phrases.text(of: $0))"]
      })
    return page.text
  }
}
