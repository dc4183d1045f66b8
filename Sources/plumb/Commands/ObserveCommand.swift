internal import ArgumentParser
private import Foundation
internal import Git
internal import Observation
internal import Posture
internal import Reconciler
internal import YAML

/// `plumb observe`
struct ObserveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "observe",
    abstract: "Read the tenants over their APIs and store what was read.",
    discussion: """
      Reads every instance with 'source: api' whose recommendations are on. Credentials come from
      PLUMB_<INSTANCE>_<FIELD> in the environment, or from --credentials; --permissions says which, and
      what they must be allowed.

      What cannot be read is said, and what was stored before stands when nothing can. The exit code is 1
      when an instance could not be observed at all.
      """)

  @Argument(help: "Instances to observe; all by default.")
  var names: [String] = []

  @Flag(help: "Try the credentials and store nothing.")
  var check = false

  @Flag(help: "List the permissions that the desired state needs, and ask nobody.")
  var permissions = false

  @Option(
    help: ArgumentHelp(
      "The folder of stored observations (default: .plumb/observations in the repository).",
      valueName: "folder"))
  var observations: String?

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var repository: RepositoryOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if check && permissions {
      throw ValidationError("--check and --permissions exclude one another.")
    }
  }

  func run() async throws {
    let declared = try DeclaredState(repository.location)
    if declared.diagnostics.hasErrors {
      throw ReconcileError.invalidDesiredState(declared.diagnostics.all)
    }
    let run = try ObservationRun(
      declared.state, names: names, folder: folder(), connection: connection, output: output)
    if permissions {
      try run.printPermissions()
    } else if check {
      try await run.check()
    } else {
      try await run.observe()
    }
  }

  /// Where observations are stored.
  private func folder() throws -> String {
    if let observations { return URL(fileURLWithPath: observations).standardizedFileURL.path }
    guard let root = try Repository.open(path: repository.location.repository).workingDirectory
    else {
      throw Failure("a bare repository has no place for observations; name one with --observations")
    }
    return "\(root)/\(Readings.defaultFolder)"
  }
}
