internal import ArgumentParser
private import Foundation
internal import Observation
internal import Posture
internal import Reconciler
internal import Reports
internal import YAML

/// `plumb fleet merge`
struct FleetMergeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Record what the shares of a fleet saw as one commit on the reports branch.",
    discussion: """
      The commit is the one that 'plumb apply --no-refresh' at the fleet's time would make of the observations that the \
      shares stored. Parts may come in any order, several times, and from several runs of a share: of an instance the \
      newest observation counts.

      Refuses, share by share and with the command that makes it good, what is missing, broken, of another fleet or \
      program, or contradictory. Where more than a fifth of an app's instances, and at least two, fail or look suspect \
      at once, nothing of the app is taken (exit code 3); --force takes it.

      With --sync-secure-score, writes into Microsoft Secure Score as 'plumb apply' does, with the credentials of the \
      instances that have something to write.

      Examples:

      plumb fleet merge --fleet fleet.json --parts parts
      plumb fleet merge --fleet fleet.json --parts git:origin --push
      """)

  @OptionGroup var fleet: FleetOptions
  @OptionGroup var parts: PartsOptions

  @Flag(
    help:
      "Take instances of which no part came as not observed: what is recorded of them stands until it is too old."
  )
  var allowMissing = false

  @Flag(
    help: "Take what looks like an outage or a lost permission, of an instance or of a whole app.")
  var force = false

  @Flag(help: "Do not end with exit code 1 for instances that could not be observed.")
  var allowUnobserved = false

  @OptionGroup var secureScore: SecureScoreOptions

  @OptionGroup(title: "Pushing") var pushing: PushOptions
  @OptionGroup(title: "Desired state") var repository: RepositoryOptions
  @OptionGroup(title: "Filters") var filters: FilterOptions
  @OptionGroup(title: "Gates") var gates: GateOptions
  @OptionGroup(title: "Writing into tenants") var connection: ConnectionOptions
  @OptionGroup(title: "Output") var output: ReportOptions

  func validate() throws {
    try fleet.check(repository)
    try pushing.check(repository)
  }

  func run() async throws {
    do {
      try await merge()
    } catch let error as FleetError {
      Console.error(error.description)
      throw Ending([.error])
    }
  }

  private func merge() async throws {
    let fleet = try self.fleet.fleet()
    let location = fleet.location(try repository.location)
    let store = try parts.store(of: fleet, repository: location.repository)
    let merged = PartsMerger(fleet, allowsMissing: allowMissing, cores: Helpers.cores)
      .merge(try store.files(of: nil))
    guard merged.refusals.isEmpty else {
      refuse(merged.refusals, store)
      throw Ending([.error])
    }
    var request = PlanRequest(location, now: fleet.at, force: force)
    request.evidence = FleetEvidence(merged, at: fleet.at)
    request.demands = try gates.demands()
    request.remote = try pushing.remote(in: location.repository, copy: repository.copy)
    let delivery = try await Workspace(request).apply(
      identity: ProcessInfo.processInfo.environment, version: Plumb.version,
      actuators: try secureScore.actuators(connection, in: repository, output.display)
    ) { _ in }
    let outcome = delivery.outcome
    for warning in outcome.warnings where !output.quiet { Console.note(warning.description) }
    var ending = Ending()
    var written = PlanOutput(
      filter: filters.filter, options: output, isApplied: true,
      text: { TextReport.applied($0, options: $1) })
    if try output.has(.html) {
      written.page = try await PageSource.story(of: outcome.plan, repository)
    }
    try ending.attempt { try written.write(outcome.plan) }
    try DeliveryNotes.tell(
      delivery, to: request.remote?.label ?? "", isQuiet: output.quiet, &ending)
    secureScore.tellFailedWrites(of: outcome.plan, &ending)
    if outcome.held.isEmpty, delivery.isKept { try ending.attempt { try store.clear() } }
    ending.judge(outcome, isTold: try written.tellsPeople, allowsUnobserved: allowUnobserved)
    try ending.end()
  }

  /// Tells what is wrong, share by share, and what to run.
  private func refuse(_ refusals: [PartsMerger.Refusal], _ store: any PartStore) {
    for refusal in refusals {
      let place = refusal.shard.map { "share \($0): " } ?? ""
      Console.error("\(place)\(refusal.text)")
    }
    var commands: [String] = []
    if !(store is PartFolder) {
      // A share's own run replaces what it wrote there.
    } else {
      commands += Set(refusals.compactMap(\.removing)).sorted().map { "rm '\(store.name)/\($0)'" }
    }
    let contradictory = Set(refusals.filter(\.isContradiction).compactMap(\.shard))
    for shard in Set(refusals.compactMap(\.shard)).sorted() {
      commands.append(
        "plumb fleet run --fleet \(fleet.file) --index \(shard) --parts \(parts.parts)"
          + (contradictory.contains(shard) ? " --fresh" : ""))
    }
    Console.note("Nothing was recorded. This makes it good:")
    for command in commands { Console.note("  \(command)") }
    if refusals.contains(where: \.isAbsence) {
      Console.note("Or merge without what is missing: --allow-missing.")
    }
  }
}

extension Delivery {
  /// Whether the report is where it was to go: the parts are needed no more.
  fileprivate var isKept: Bool {
    if case .failed? = push { false } else { true }
  }
}
