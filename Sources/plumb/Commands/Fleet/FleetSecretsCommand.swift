internal import ArgumentParser
private import Foundation
internal import Observation
internal import Posture
internal import Reconciler
internal import YAML

/// `plumb fleet secrets`
struct FleetSecretsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "secrets",
    abstract: "Name the environment variables that one share reads.",
    discussion: """
      One name a line, of every way in that the connectors of the share's instances have: give the share those that you \
      have, and no other. Values are neither read nor written.

      Examples:

      plumb fleet secrets --fleet fleet.json --index 3
      """)

  @OptionGroup var fleet: FleetOptions
  @OptionGroup var share: IndexOptions
  @OptionGroup(title: "Desired state") var repository: RepositoryOptions

  func validate() throws { try fleet.check(repository) }

  func run() throws {
    do {
      let fleet = try self.fleet.fleet()
      let names = Set(try fleet.shard(try share.number()).instances)
      let declared = try DeclaredState(fleet.location(try repository.location))
      if declared.diagnostics.hasErrors {
        throw ReconcileError.invalidDesiredState(declared.diagnostics.all)
      }
      let targets = try ObservationTarget.all(
        in: declared.state.restricted(to: names),
        credentials: CredentialSource(environment: [:]))
      let variables = Set(targets.flatMap { $0.ways.flatMap(\.variables) }).sorted()
      if !variables.isEmpty { Console.print(variables.joined(separator: "\n")) }
    } catch let error as FleetError {
      throw Ending.of(error)
    }
  }
}
