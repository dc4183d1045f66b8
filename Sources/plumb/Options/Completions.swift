internal import ArgumentParser
internal import Git
internal import Posture
internal import Reconciler

/// Names for the shell, of the repository in which the command line is being typed; of the catalog where there is none.
enum Completions {
  static let apps = names { $0.connectors.keys.sorted() }
  static let instances = names { $0.instances.map(\.name) }
  static let initiatives = names { $0.initiatives.map(\.name) }
  static let recommendations = names { $0.recommendations.map(\.name) }
  static let frameworks = names { state in
    Set(state.recommendations.flatMap(\.controls).map(\.framework)).sorted()
  }

  /// A repository with faults completes nothing: 'plumb validate' names them.
  private static func names(
    _ names: @escaping @Sendable (DesiredState) -> [String]
  ) -> CompletionKind {
    .custom { _, _, _ in
      guard let repository = try? RepositoryOptions.parse([]),
        let location = try? repository.location.withWholeCatalog,
        let declared = try? DeclaredState.orCatalog(location)
      else { return [] }
      return names(declared.state)
    }
  }
}
