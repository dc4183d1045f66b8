internal import ArgumentParser
private import Foundation
internal import Reconciler

/// `plumb fleet`
struct FleetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fleet",
    abstract: "Share instances out over machines, and merge what they saw into one commit.",
    discussion: """
      'split' writes a file that pins the desired state, what is recorded, the time and the program, and shares the \
      instances out. Any engine runs 'run' once for each share, as often as it likes. 'merge' makes the one commit that \
      'plumb apply' would have made of the same observations.

      Examples:

      plumb fleet split --shards 64 --out fleet.json
      plumb fleet run --fleet fleet.json --index auto --parts parts
      plumb fleet merge --fleet fleet.json --parts parts --push
      """,
    subcommands: [
      FleetSplitCommand.self, FleetRunCommand.self, FleetMergeCommand.self,
      FleetSecretsCommand.self,
    ])
}

/// Which fleet, and where its desired state is.
struct FleetOptions: ParsableArguments {
  @Option(
    name: .customLong("fleet"),
    help: ArgumentHelp("The file that 'plumb fleet split' wrote.", valueName: "file"))
  var file: String

  /// The fleet, if this program made it.
  ///
  /// - Throws: `FleetError` of code `configuration`.
  func fleet() throws -> Fleet {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw FleetError(
        .configuration, "\(file) cannot be read; 'plumb fleet split --out \(file)' writes it")
    }
    let fleet = try Fleet(Array(data), file: file)
    try fleet.refuseOtherProgram(version: Plumb.version)
    return fleet
  }

  /// Refuses to be told what the file says.
  func check(_ repository: RepositoryOptions) throws {
    guard repository.namedPath == nil, repository.namedRevision == nil, !repository.workingTree
    else {
      throw ValidationError(
        "The fleet file says which commit and folder: leave out --path, --revision and --working-tree."
      )
    }
  }
}

/// Where the parts of a fleet are.
struct PartsOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where the parts are: a folder, which the engine shares or collects, or git: and a remote, which keeps them below refs/plumb/parts until they are merged.",
      valueName: "folder|git:remote"))
  var parts: String

  func store(of fleet: Fleet, repository: String) throws -> any PartStore {
    guard parts.hasPrefix("git:") else { return PartFolder(parts) }
    let remote = String(parts.dropFirst("git:".count))
    return try PartReferences(
      remote.isEmpty ? "origin" : remote, repository: repository, fleet: fleet,
      environment: ProcessInfo.processInfo.environment)
  }
}

/// Which share.
struct IndexOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The number of the share, from 0, or auto: what the engine says (Kubernetes, Slurm, GitLab, AWS Batch, Nomad, Cloud Run, Azure Pipelines, Buildkite).",
      valueName: "auto|number"))
  var index = "auto"

  /// - Throws: `FleetError` of code `configuration`.
  func number() throws -> Int {
    if index == "auto" { return try EngineIndex.index(in: ProcessInfo.processInfo.environment) }
    guard let number = Int(index), number >= 0 else {
      throw FleetError(.configuration, "--index wants auto or a number from 0, not '\(index)'")
    }
    return number
  }
}

extension Ending {
  /// The ending of a shard that could not be run.
  static func of(_ error: FleetError) -> Ending {
    Console.error(error.description)
    return switch error.code {
    case .configuration: Ending([.configuration])
    case .tryAgain: Ending([.tryAgain])
    case .refused: Ending([.error])
    }
  }
}
