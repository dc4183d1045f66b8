internal import ArgumentParser
private import Foundation
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
      no commit. The report is recorded even when a gate fails (exit code 3).
      """)

  @Argument(help: ArgumentHelp("A plan that 'plumb plan --out' saved.", valueName: "file"))
  var planFile: String?

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
        throw Failure("\(planFile) cannot be read")
      }
      let plan = try SavedPlan(Array(data), path: planFile)
      request.now = plan.at
      saved = plan
    }
    let (outcome, applied) = try await Reconciliation(request).apply(
      identity: ProcessInfo.processInfo.environment, version: Plumb.version
    ) { [saved] outcome in try saved?.check(against: outcome.plan) }
    for warning in outcome.warnings where !output.quiet { Console.note(warning.description) }
    try PlanOutput(filter: filters.filter, options: output, isApplied: true).write(outcome.plan)
    switch applied {
    case .committed(let id, let branch):
      Console.note("Recorded on \(branch) as \(id.prefix(10)).")
    case .nothingToDo:
      if !output.quiet { Console.note("Nothing changed: no commit.") }
    }
    if outcome.plan.failsGate { throw ExitCode(3) }
  }
}
