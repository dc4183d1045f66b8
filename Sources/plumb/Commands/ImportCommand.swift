internal import ArgumentParser
internal import Connectors
private import Foundation
internal import Observation
internal import Posture
internal import Reconciler
internal import Text
internal import YAML

/// `plumb import`
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Store what another tool has read as an instance's observation.",
    discussion: """
      With --format, PATH is another tool's export. Without, it is a folder of the API's raw answers: \
      <collection>.json each; of collections that belong to other resources, an object with one answer \
      for each parent's identity.

      Examples:

      plumb import m365-contoso ScubaResults.json --format scubagear
      plumb import okta-contoso-eu answers --at 2026-06-01T07:00:00Z
      """)

  @Argument(
    help: "The instance that it is an observation of.", completion: Completions.instances)
  var instance: String

  @Argument(help: ArgumentHelp("The export, or the folder of answers.", valueName: "path"))
  var path: String

  @Option(help: "The export's format: scubagear, scubagoggles.")
  var format: String?

  @Option(
    help: ArgumentHelp(
      "When the answers were given (default: the clock); an export says so itself.",
      valueName: "time"))
  var at: String?

  @OptionGroup var storage: StorageOptions
  @OptionGroup var repository: RepositoryOptions

  func validate() throws {
    if format != nil, at != nil {
      throw ValidationError("An export says itself when it was made; leave --at out.")
    }
  }

  func run() async throws {
    let declared = try DeclaredState(repository.location.withWholeCatalog)
    if declared.diagnostics.hasErrors {
      throw ReconcileError.invalidDesiredState(declared.diagnostics.all)
    }
    let state = declared.state
    guard let target = state.instances.first(where: { $0.name == instance }) else {
      throw Failure(
        "no instance named '\(instance)'"
          + Suggestion.hint(for: instance, among: state.instances.map(\.name)))
    }
    guard target.api != nil, let connector = state.connectors[target.app.value] else {
      throw Failure(
        "instance '\(instance)' reads its own file: only one with 'source: api' takes an import")
    }
    let results = try await store(target, connector, state)
    let complete = results.count { $0.state == .complete }
    let resources = results.reduce(0) { $0 + $1.count }
    Console.print(
      "\(instance): \(complete) of \(results.count) collections, \(resources) resources imported")
  }

  private func store(
    _ target: Instance, _ connector: Connector, _ state: DesiredState
  ) async throws -> [CollectionResult] {
    let location = URL(fileURLWithPath: path).standardizedFileURL
    let files = WorkingDirectory(root: location.deletingLastPathComponent().path)
    let store = try storage.placeToStore(repository)
    let clock = try ObservationOptions.instant(nil)
    guard let format else {
      return try await Importer.store(
        responses: location.lastPathComponent, in: files,
        observedAt: ObservationOptions.instant(at), as: target, connector: connector,
        store: store, clock: clock)
    }
    guard let declared = state.exportFormats[format] else {
      throw Failure(
        "no export format named '\(format)'; known: \(state.exportFormats.keys.sorted().joined(separator: ", "))"
      )
    }
    return try await Importer.store(
      export: location.lastPathComponent, in: files, format: declared, as: target,
      connector: connector, store: store, clock: clock)
  }
}
