internal import ArgumentParser
private import Foundation
internal import Git
internal import Posture
internal import Reconciler
internal import Reports
internal import YAML

/// `plumb apply`
struct ApplyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Record the posture as one commit on the reports branch.",
    discussion: """
      Makes a plan, as 'plumb plan' does, and records it; with FILE, records exactly the saved plan, and refuses when \
      the desired state, an observation or the recorded state has moved on since. Nothing changed: \
      no commit, unless what was observed is to be renewed before it grows too old. The report is \
      recorded even when a gate fails (exit code 3), or an instance could not be observed (exit code 1).

      With --push, starts from what the remote has recorded and pushes the commit, never by force. \
      The desired state must be on the branch that the remote's HEAD names (--branch, --any-branch): \
      a branch that nobody has merged is not the posture that all share. \
      When somebody else was faster, the plan is made again from theirs. What could not be pushed \
      stays recorded here, and goes with the next --push.

      With --sync-secure-score, writes the exceptions' states into Microsoft Secure Score too, for \
      instances with 'source: api' whose credentials may (SecurityEvents.ReadWrite.All); 'plumb plan' \
      lists what. What could not be written stands in the report, and ends with exit code 1; the next \
      apply tries again.

      With --notify, tells the channels that 'notifications' of the Settings names what this run recorded and \
      earlier ones had not: PLUMB_NOTIFY_<NAME>_URL in the environment says where a channel is. A message \
      that could not be sent is a warning; nothing is told when nothing is recorded.

      Examples:

      plumb apply
      plumb apply --push --notify --format markdown
      plumb apply plan.json
      """)

  @Argument(help: ArgumentHelp("A plan that 'plumb plan --out' saved.", valueName: "file"))
  var planFile: String?

  @OptionGroup var secureScore: SecureScoreOptions

  @Flag(
    help: "Tell the channels of the Settings what began and what is over: 'plumb notify --help'.")
  var notify = false

  @OptionGroup(title: "Pushing") var pushing: PushOptions
  @OptionGroup(title: "Desired state") var repository: RepositoryOptions
  @OptionGroup(title: "Observations") var observation: ObservationOptions
  @OptionGroup(title: "Observing what is stale") var refresh: RefreshOptions
  @OptionGroup(title: "Filters") var filters: FilterOptions
  @OptionGroup(title: "Gates") var gates: GateOptions
  @OptionGroup(title: "Output") var output: ReportOptions

  func validate() throws {
    if planFile != nil && observation.at != nil {
      throw ValidationError("A saved plan has its own time: leave out --at.")
    }
    try pushing.check(repository)
  }

  func run() async throws {
    var request = try observation.request(repository)
    request.demands = try gates.demands()
    var saved: SavedPlan?
    if planFile == nil {
      request.refresh = try refresh.refresh(repository, observation, output.display)
    }
    if let planFile {
      guard let data = FileManager.default.contents(atPath: planFile) else {
        throw Failure(
          FileManager.default.fileExists(atPath: planFile)
            ? "\(planFile) cannot be read"
            : "there is no file '\(planFile)'; 'plumb plan --out \(planFile)' writes one")
      }
      let plan = try SavedPlan(Array(data), path: planFile)
      request.now = plan.at
      saved = plan
    }
    if !output.quiet { try repository.noteUncommitted() }
    let environment = ProcessInfo.processInfo.environment
    let approve: @Sendable (Workspace.PlannedRun) throws -> Void = { [saved] outcome in
      try saved?.check(against: outcome.plan)
    }
    let actuators = try secureScore.actuators(refresh.connection, in: repository, output.display)
    request.remote = try pushing.remote(in: request.location.repository, copy: repository.copy)
    let workspace = Workspace(request)
    let delivery = try await workspace.apply(
      identity: environment, version: Plumb.version, actuators: actuators,
      approve: approve)
    let outcome = delivery.outcome
    for warning in outcome.warnings where !output.quiet { Console.note(warning.description) }
    var ending = Ending()
    var written = PlanOutput(
      filter: filters.filter, options: output, isApplied: true,
      text: { TextReport.applied($0, options: $1) })
    if try output.has(.html) {
      written.page = try await PageSource.story(of: outcome.plan, repository)
    }
    if try output.has(.markdown) {
      written.trend = try outcome.trend(in: request.location.repository)
    }
    try ending.attempt { try written.write(outcome.plan) }
    try DeliveryNotes.tell(
      delivery, to: request.remote?.label ?? "", isQuiet: output.quiet, &ending)
    secureScore.tellFailedWrites(of: outcome.plan, &ending)
    if notify {
      let outcomes = await workspace.notify(
        of: delivery, environment: environment,
        options: try refresh.connection.observerOptions(
          store: nil, display: output.display, tells: false))
      NotificationNotes.tell(outcomes, isQuiet: output.quiet, &ending)
    }
    ending.judge(
      outcome, isTold: try written.tellsPeople, allowsUnobserved: refresh.allowUnobserved)
    try ending.end()
  }
}
