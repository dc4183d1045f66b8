package import Posture
package import Reports
package import YAML

/// Checks a desired state: its YAML, its names, its conditions.
package enum Validation {
  /// What a check found.
  package struct Result: Sendable {
    /// Sorted by place.
    package let diagnostics: [Diagnostic]
    /// How many documents of each kind there are.
    package let counts: DeclaredCounts
  }

  /// - Parameter now: The time from which the terms of exceptions are counted.
  package static func run(_ location: DeclaredState.Location, now: Instant) throws -> Result {
    var location = location
    location.catalog = .ofChecks
    let declared = try DeclaredState(location)
    let state = declared.state
    state.checkTerms(at: now, diagnostics: declared.diagnostics)
    // Conditions of the catalog are checked by Plumb's own tests; here only what the repository
    // brings, and what its exceptions name.
    var apps = Set(state.recommendations.filter(\.isDeclared).map(\.app.value))
    for place in state.exceptions.indices where state.exceptions[place].resources != nil {
      let selector = state.exceptions[place].instances
      apps.formUnion(state.instances(matching: selector).map(\.app.value))
    }
    _ = CompiledState(
      state, apps: apps, declaredOnly: true, diagnostics: declared.diagnostics)
    return Result(
      diagnostics: declared.diagnostics.all,
      counts: DeclaredCounts(state, files: declared.fileCount))
  }
}
