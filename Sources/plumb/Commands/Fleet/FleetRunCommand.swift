internal import ArgumentParser
private import Foundation
internal import Observation
internal import Posture
internal import Reconciler
internal import Reports

/// `plumb fleet run`
struct FleetRunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Observe and assess one share, and write its part.",
    discussion: """
      May be run any number of times: what an earlier run of the share said is kept, and only what is missing, failed or \
      too old is observed. Needs the credentials of its own instances alone ('plumb fleet secrets').

      A part holds verdicts with their evidence, settings, the state of each collection, digests, and why instances could \
      not be observed; no resource that was read, and no secret. It is whole under its name or not there.

      Exit codes: 75 try again (throttled, unreachable, another process at it), 78 change something first (credentials, \
      permissions, the fleet's file, the clone).

      Examples:

      plumb fleet run --fleet fleet.json --index 3 --parts parts
      plumb fleet run --fleet fleet.json --index auto --parts git:origin
      """)

  @OptionGroup var fleet: FleetOptions
  @OptionGroup var share: IndexOptions
  @OptionGroup var parts: PartsOptions

  @Flag(help: "Take nothing over from an earlier run, and observe everything.")
  var fresh = false

  @Flag(help: "Observe nothing: assess what is stored.")
  var noRefresh = false

  @Flag(
    help:
      "Do not end with exit code 78 for instances that cannot be observed until somebody changes something; the merge tells of them all the same."
  )
  var allowUnobserved = false

  @Flag(help: "Judge every observation anew, and keep no assessment.")
  var noCache = false

  @OptionGroup(title: "Observations") var storage: StorageOptions
  @OptionGroup(title: "Observing") var connection: ConnectionOptions
  @OptionGroup(title: "Desired state") var repository: RepositoryOptions
  @OptionGroup(title: "Output") var display: DisplayOptions

  func validate() throws {
    try fleet.check(repository)
    if fresh, noRefresh {
      throw ValidationError("--fresh observes everything, --no-refresh nothing: give one.")
    }
  }

  func run() async throws {
    do {
      try await runShare()
    } catch let error as FleetError {
      throw Ending.of(error)
    }
  }

  private func runShare() async throws {
    let fleet = try self.fleet.fleet()
    let index = try share.number()
    let shard = try fleet.shard(index)
    let location = try repository.location
    let store = try parts.store(of: fleet, repository: location.repository)
    let observations = try storage.placeToStore(repository)
    let run = ShardRun(
      fleet, index: index, at: location, store: observations,
      refresh: try refresh(observations, location.repository), keepsAssessments: !noCache)
    let hold = try store.hold(index, where: run.usesChangingTokens)
    defer { hold?.release() }
    if let warning = hold?.warning { Console.note(warning) }
    var own = OwnParts(store, fleet: fleet, index: index)
    let earlier = try own.read()
    let total = shard.instances.count
    let bar = ProgressBar()
    let outcome = try await run.run(
      resuming: fresh ? [:] : earlier, progress: { bar.show(done: $0, of: total) },
      save: {
        try hold?.check()
        try own.write($0)
      })
    try hold?.check()
    let name = try own.write(outcome.records)
    var ending = Ending()
    tell(outcome, of: index, &ending)
    if !display.quiet {
      Console.print(
        "Share \(index): \(outcome.records.count) of \(total) instances"
          + (outcome.resumed > 0 ? ", \(outcome.resumed) of them from an earlier run" : "")
          + ". Wrote \(name) to \(store.name).")
    }
    try ending.end()
  }

  private func refresh(_ store: ObservationStore, _ repository: String) throws -> Refresh? {
    guard !noRefresh else { return nil }
    let progress = ObservationProgressLines(isQuiet: display.quiet)
    var options = try connection.observerOptions(store: store, display: display)
    options.progress = { progress.show($0) }
    var refresh = Refresh(credentials: try connection.source(in: repository), options: options) {
      [display] notice in
      progress.clear()
      RefreshNotes.lines(notice, isQuiet: display.quiet).forEach(Console.note)
    }
    refresh.observesAll = fresh
    return refresh
  }

  /// What could not be observed, and what is to be done about it.
  private func tell(_ outcome: ShardRun.Outcome, of index: Int, _ ending: inout Ending) {
    for name in outcome.busy {
      Console.error("\(name): another process is observing it; run share \(index) again")
      ending.add(.tryAgain)
    }
    for record in outcome.records {
      guard let fault = record.attempt?.fault ?? record.unreadable else { continue }
      switch fault.code.remedy {
      case .retry, .wait: ending.add(.tryAgain)
      case .act: if !allowUnobserved { ending.add(.configuration) }
      }
      if record.attempt == nil {
        Console.error(Escaping.terminal("\(record.instance): \(fault.detail)"))
      }
    }
  }
}
