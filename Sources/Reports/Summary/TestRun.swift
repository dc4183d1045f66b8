package import Posture
package import YAML

/// What came of the tests that recommendations prove themselves with.
package struct TestRun: Sendable {
  /// Faults of the conditions themselves.
  package let diagnostics: [Diagnostic]
  package let recommendations: Int
  package let passed: Int
  package let failures: [RecommendationTester.Failure]
  /// Verdicts of the tests that took absence for an answer.
  package let findings: [RecommendationTester.Failure]
  /// What was tried to find them.
  package let absence: AbsenceTrial.Count

  package init(
    diagnostics: [Diagnostic], recommendations: Int, passed: Int,
    failures: [RecommendationTester.Failure], findings: [RecommendationTester.Failure] = [],
    absence: AbsenceTrial.Count = .init()
  ) {
    self.diagnostics = diagnostics
    self.recommendations = recommendations
    self.passed = passed
    self.failures = failures
    self.findings = findings
    self.absence = absence
  }

  package var hasFailed: Bool {
    !failures.isEmpty || !findings.isEmpty || diagnostics.contains { $0.severity == .error }
  }

  /// `2 recommendations: 6 tests passed, 1 failed`
  var totals: String {
    "\(Words.count(recommendations, "recommendation")): \(Words.count(passed, "test")) passed, \(failures.count) failed"
  }

  /// `Absence: 120 paths and 460 forms tried, 3 citations used, 0 unexplained`
  var absenceTotals: String {
    "Absence: \(Words.count(absence.paths, "path")) and \(Words.count(absence.forms, "form")) tried, "
      + "\(Words.count(absence.citations.count, "citation")) used, \(findings.count) unexplained"
  }
}
