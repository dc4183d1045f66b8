internal import Posture
package import Reports
internal import YAML

/// Runs the tests of recommendations: the repository's, the catalog's, or named ones.
package enum RecommendationTests {
  /// - Parameters:
  ///   - names: Only these; empty for all.
  ///   - apps: Only of these; empty for all.
  ///   - includesCatalog: Whether built-in recommendations are run. They are then run even where
  ///     there is no repository.
  package static func run(
    names: [String], apps: Set<String>, includesCatalog: Bool, at location: DeclaredState.Location
  ) throws -> TestRun {
    let declared =
      try includesCatalog ? DeclaredState.orCatalog(location) : DeclaredState(location)
    let state = declared.state
    let diagnostics = declared.diagnostics
    let known = Set(state.recommendations.map(\.name))
    for name in names where !known.contains(name) {
      throw ReconcileError.refused(
        "no recommendation named '\(name)'"
          + Suggestion.hint(
            for: name, among: known, otherwise: "'plumb catalog list' lists them"))
    }
    let wanted = state.recommendations.filter { recommendation in
      (names.isEmpty || names.contains(recommendation.name))
        && (apps.isEmpty || apps.contains(recommendation.app.value))
        && (includesCatalog || recommendation.isDeclared)
    }
    let compiled = CompiledState(
      state, apps: Set(wanted.map(\.app.value)), diagnostics: diagnostics)
    let members = Set(wanted.map(\.name))
    var failures: [RecommendationTester.Failure] = []
    var count = 0
    for (_, list) in compiled.recommendations.sorted(by: { $0.key < $1.key }) {
      for item in list where members.contains(item.recommendation.name) {
        count += item.recommendation.tests.count
        failures += RecommendationTester.run(item)
      }
    }
    return TestRun(
      diagnostics: diagnostics.all, recommendations: wanted.count, passed: count - failures.count,
      failures: failures)
  }
}
