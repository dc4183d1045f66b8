internal import Git
package import Posture
package import YAML

/// Runs the tests of recommendations: the repository's, the catalog's, or named ones.
package enum RecommendationTests {
  package struct Result: Sendable {
    /// Faults of the conditions themselves.
    package let diagnostics: [Diagnostic]
    package let recommendations: Int
    package let passed: Int
    package let failures: [RecommendationTester.Failure]
  }

  /// - Parameters:
  ///   - names: Only these; empty for all.
  ///   - apps: Only of these; empty for all.
  ///   - includesCatalog: Whether built-in recommendations are run. They are then run even where
  ///     there is no repository.
  package static func run(
    names: [String], apps: Set<String>, includesCatalog: Bool, repository: String, path: String,
    revision: String, usesWorkingTree: Bool
  ) throws -> Result {
    let diagnostics = Diagnostics()
    let state = try state(
      repository: repository, path: path, revision: revision, usesWorkingTree: usesWorkingTree,
      mayBeMissing: includesCatalog, diagnostics: diagnostics)
    let known = Set(state.recommendations.map(\.name))
    for name in names where !known.contains(name) {
      throw ReconcileError.refused(
        "no recommendation named '\(name)'" + Suggestion.hint(for: name, among: known))
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
    return Result(
      diagnostics: diagnostics.all, recommendations: wanted.count, passed: count - failures.count,
      failures: failures)
  }

  private static func state(
    repository: String, path: String, revision: String, usesWorkingTree: Bool, mayBeMissing: Bool,
    diagnostics: Diagnostics
  ) throws -> DesiredState {
    let library = Library.builtIn(diagnostics: diagnostics)
    var files: [(path: String, bytes: [UInt8])] = []
    do {
      let repository = try Repository.open(path: repository)
      files =
        try usesWorkingTree
        ? DesiredFiles.readWorkingTree(repository, path: path).files
        : DesiredFiles.read(repository, revision: revision, path: path).files
    } catch {
      if !mayBeMissing { throw error }
    }
    return DesiredStateReader.read(files, library: library, diagnostics: diagnostics)
  }
}
