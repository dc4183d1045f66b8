package import Posture
package import YAML

/// What came of the tests that recommendations prove themselves with.
package struct TestRun: Sendable {
  /// Faults of the conditions themselves.
  package let diagnostics: [Diagnostic]
  package let recommendations: Int
  package let passed: Int
  package let failures: [RecommendationTester.Failure]

  package init(
    diagnostics: [Diagnostic], recommendations: Int, passed: Int,
    failures: [RecommendationTester.Failure]
  ) {
    self.diagnostics = diagnostics
    self.recommendations = recommendations
    self.passed = passed
    self.failures = failures
  }

  package var hasFailed: Bool {
    !failures.isEmpty || diagnostics.contains { $0.severity == .error }
  }

  /// `2 recommendations: 6 tests passed, 1 failed`
  var totals: String {
    "\(Words.count(recommendations, "recommendation")): \(Words.count(passed, "test")) passed, \(failures.count) failed"
  }
}
