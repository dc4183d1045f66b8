internal import Git
internal import Posture
package import YAML

/// Checks a desired state: its YAML, its names, its conditions.
package enum Validation {
  package struct Result: Sendable {
    /// Sorted by place.
    package let diagnostics: [Diagnostic]
    /// What was found, in one line.
    package let summary: String
  }

  package static func run(
    repository path: String, path folder: String, revision: String, usesWorkingTree: Bool
  ) throws -> Result {
    let repository = try Repository.open(path: path)
    let files =
      try usesWorkingTree
      ? DesiredFiles.readWorkingTree(repository, path: folder)
      : DesiredFiles.read(repository, revision: revision, path: folder)
    let diagnostics = Diagnostics()
    let library = Library.builtIn(diagnostics: diagnostics)
    let state = DesiredStateReader.read(files.files, library: library, diagnostics: diagnostics)
    // Conditions of the catalog are checked by Plumb's own tests; here only what the repository
    // brings, and what its exceptions name.
    let apps = Set(
      state.recommendations.filter(\.isDeclared).map(\.app.value)
        + (state.exceptions.contains { $0.resources != nil }
          ? state.instances.map(\.app.value) : []))
    _ = CompiledState(state, apps: apps, diagnostics: diagnostics)
    func count(_ number: Int, _ noun: String) -> String {
      "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
    let on = state.instances.count(where: \.recommendations)
    return Result(
      diagnostics: diagnostics.all,
      summary:
        "Valid: \(count(files.files.count, "file")), \(count(state.instances.count, "instance")) (\(on) on), \(count(state.initiatives.count, "initiative")), \(count(state.exceptions.count, "exception"))."
    )
  }
}
