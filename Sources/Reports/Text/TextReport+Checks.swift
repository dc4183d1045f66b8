internal import Posture
internal import YAML

extension TextReport {
  /// `plumb test`: what failed, then the count.
  package static func tests(_ tests: TestRun, options: Options = Options()) -> String {
    var page = options.page
    for failure in tests.failures + tests.findings {
      page.line(
        [
          TextSpan("\(failure.mark): "), TextSpan("FAILED", .red),
          TextSpan(" \(failure.recommendation): \(Phrases.text(of: failure))"),
        ], hanging: 2)
    }
    page.line(tests.totals)
    page.line(tests.absenceTotals)
    return page.text
  }
}
