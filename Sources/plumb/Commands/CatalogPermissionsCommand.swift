internal import ArgumentParser
internal import Observation
internal import Posture
internal import Reconciler
internal import Reports
internal import Text
internal import YAML

extension CatalogCommand {
  /// `plumb catalog permissions`
  struct Permissions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "permissions",
      abstract: "List what the instances' credentials must be allowed, and for what.",
      discussion: """
        Exactly what the recommendations read of instances with 'source: api', as the desired state has \
        them now: those of the repository count, those that an override disables do not. Nobody is asked.

        Examples:

        plumb catalog permissions
        plumb catalog permissions okta-contoso-eu --format json
        """)

    @Argument(
      help: "Instances; by default all that are read over an API and are on.",
      completion: Completions.instances)
    var names: [String] = []

    @OptionGroup(title: "Desired state") var repository: RepositoryOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
      let declared = try DeclaredState(repository.location)
      if declared.diagnostics.hasErrors {
        throw ReconcileError.invalidDesiredState(declared.diagnostics.all)
      }
      // No secret is needed to tell what is needed.
      let targets = try ObservationTarget.chosen(
        names, in: declared.state, credentials: CredentialSource(environment: [:]))
      let needs = targets.permissions(in: declared)
      switch output.format {
      case .text:
        if needs.isEmpty { Console.note(ObservationTarget.noneIsRead) }
        Console.print(TextReport.permissions(needs, options: output.text()))
      case .markdown: Console.print(MarkdownReport.permissions(needs))
      case .json: Console.print(JSONReport.permissions(needs))
      }
    }
  }
}

extension ObservationTarget {
  static let noneIsRead = "No instance is read over an API."

  /// The instances that are named, or all that are on.
  static func chosen(
    _ names: [String], in state: DesiredState, credentials: CredentialSource
  ) throws -> [ObservationTarget] {
    for name in names where !state.instances.contains(where: { $0.name == name }) {
      throw Failure(
        "no instance named '\(name)'"
          + Suggestion.hint(for: name, among: state.instances.map(\.name)))
    }
    let targets = try all(in: state, credentials: credentials)
    for name in names where !targets.contains(where: { $0.name == name }) {
      throw Failure("instance '\(name)' is not read over an API: its source is a file")
    }
    return targets.filter {
      names.isEmpty ? $0.instance.recommendations : names.contains($0.name)
    }
  }
}

extension [ObservationTarget] {
  /// What each one's credentials must be allowed.
  func permissions(in declared: DeclaredState) -> [InstancePermissions] {
    let compiled = CompiledState(
      declared.state, apps: Set(map(\.instance.app.value)), diagnostics: declared.diagnostics)
    return map { target in
      var needs = InstancePermissions(target.instance, in: declared.state, compiled: compiled)
      needs.ways = target.ways
      return needs
    }
  }
}
