internal import ArgumentParser
private import Foundation
internal import Posture
internal import Reconciler
internal import Reports
internal import YAML

/// `plumb plan`
struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show what differs from what was recorded, and what apply would record.",
    discussion: "Changes nothing. Filters change what is shown, never what is scored.")

  @OptionGroup(title: "Desired state") var repository: RepositoryOptions
  @OptionGroup(title: "Observations") var observation: ObservationOptions
  @OptionGroup(title: "Filters") var filters: FilterOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  @Option(help: ArgumentHelp("Save the plan, for 'plumb apply FILE'.", valueName: "file"))
  var out: String?

  @Flag(help: "Exit with 2 when there are changes to apply.")
  var detailedExitcode = false

  @Option(help: "How many affected resources a result lists in JSON.")
  var maxAffected = 100

  func run() async throws {
    let outcome = try await Reconciliation(try observation.request(repository)).plan()
    try filters.check(against: outcome.plan)
    for warning in outcome.warnings where !output.quiet { Console.note(warning.description) }
    if let out {
      try SavedPlan.bytes(of: outcome.plan).write(toFile: out)
      if !output.quiet { Console.note("Saved the plan to \(out).") }
    }
    Console.print(
      try PlanOutput(filters: filters, output: output, maxAffected: maxAffected).render(
        outcome.plan))
    if outcome.plan.failsGate { throw ExitCode(3) }
    if detailedExitcode && outcome.plan.wouldCommit { throw ExitCode(2) }
  }
}

/// A plan in the form that was asked for.
struct PlanOutput {
  let filters: FilterOptions
  let output: OutputOptions
  var maxAffected = 100

  func render(_ plan: Plan) throws -> [UInt8] {
    switch output.format {
    case .text:
      Array(
        TextReport.plan(plan, options: output.text(filters.filter)).utf8)
    case .markdown: Array(MarkdownReport.plan(plan, filter: filters.filter).utf8)
    case .json: JSONReport.plan(plan, filter: filters.filter, maxAffected: maxAffected)
    }
  }
}

extension [UInt8] {
  /// Writes the whole file or none of it.
  func write(toFile path: String) throws {
    do {
      try Data(self).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw Failure("\(path) cannot be written: \(error.localizedDescription)")
    }
  }
}
