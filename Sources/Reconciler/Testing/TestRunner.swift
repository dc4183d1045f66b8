internal import Posture
package import Reports
internal import Text
internal import YAML

/// Runs the tests of recommendations: the repository's, the catalog's, or named ones.
package enum TestRunner {
  /// - Parameters:
  ///   - names: Only these; empty for all.
  ///   - apps: Only of these; empty for all.
  ///   - includesCatalog: Whether built-in recommendations are run. They are then run even where
  ///     there is no repository.
  package static func run(
    names: [String], apps: Set<String>, includesCatalog: Bool, at location: DeclaredState.Location
  ) async throws -> TestRun {
    var location = location
    location.readsTests = true
    if includesCatalog { location.catalog = .whole }
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
    let items = compiled.recommendations.sorted { $0.key < $1.key }.flatMap(\.value)
      .filter { members.contains($0.recommendation.name) }
    let outcomes = await items.mappedSideBySide { item in
      (
        RecommendationTester.run(item),
        AbsenceTrial(item, citations: state.citations(of: item.recommendation.app.value))
      )
    }
    var count = items.reduce(0) { $0 + $1.recommendation.tests.count }
    var failures = outcomes.flatMap(\.0)
    if includesCatalog && names.isEmpty {
      for (app, definitions) in state.definitions.sorted(by: { $0.key < $1.key })
      where apps.isEmpty || apps.contains(app) {
        count += definitions.tests.count
        failures += DefinitionsTester.run(definitions, in: state)
      }
    }
    var absence = AbsenceTrial.Count()
    for (_, trial) in outcomes { absence += trial.count }
    let unproven = items.flatMap { DifferenceTester.run($0.recommendation) }
    return TestRun(
      diagnostics: diagnostics.all, recommendations: wanted.count, passed: count - failures.count,
      failures: failures + unproven, findings: outcomes.flatMap { $0.1.failures }, absence: absence)
  }
}
