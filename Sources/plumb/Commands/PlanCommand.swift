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
    discussion: """
      Changes nothing but stored observations: an instance that is read over an API and whose \
      observation is missing or as old as half of maxAge is observed first. One that cannot be is an \
      error (exit code 1) after all the rest was done; --allow-unobserved forgives it. \
      Filters change what is shown, never what is scored.

      With --base, shows what a pull request does to the posture: both desired states are judged \
      whole on the same observations. Differences are against the point where the branch left the \
      base; gates and targets are the stricter of the pull request's and of the base's tip. What the \
      pull request weakens fails the gate lessAssessed, unless a maintainer lets just this through, with --accept-less.

      Examples:

      plumb plan
      plumb plan --app okta --fail-on scoreDrop=2 --output markdown=plan.md
      plumb plan --base origin/main --accept-less DIGEST
      """)

  @OptionGroup(title: "Desired state") var repository: RepositoryOptions
  @OptionGroup(title: "Observations") var observation: ObservationOptions
  @OptionGroup(title: "Observing what is stale") var refresh: RefreshOptions
  @OptionGroup(title: "Filters") var filters: FilterOptions
  @OptionGroup(title: "Drift") var drift: DriftOptions
  @OptionGroup(title: "Gates") var gates: GateOptions
  @OptionGroup(title: "Output") var output: ReportOptions

  @Option(
    help: ArgumentHelp(
      "Compare with the desired state of this revision, in place of what is recorded.",
      valueName: "rev"))
  var base: String?

  @Option(
    help: ArgumentHelp(
      "Let through what the pull request weakens, by the digest that the plan prints; several with blanks between them, or repeated. For maintainers: never from the pull request.",
      valueName: "digest"))
  var acceptLess: [String] = []

  @Option(
    help: ArgumentHelp(
      "Save the plan itself, for 'plumb apply FILE'; --output writes what it tells.",
      valueName: "file"))
  var out: String?

  @Flag(help: "Exit with 2 when there are changes to apply.")
  var detailedExitcode = false

  @Option(help: "How many affected resources a result lists in JSON and HTML; 0 names none.")
  var maxAffected = 100

  func validate() throws {
    if base != nil && out != nil {
      throw ValidationError("A comparison cannot be applied: leave out --out or --base.")
    }
    if base == nil && !accepted.isEmpty {
      throw ValidationError(
        "--accept-less lets through what a pull request weakens: add --base REV.")
    }
    if base == nil, try gates.demands().contains(where: { $0.name == .lessAssessed }) {
      throw ValidationError("The gate lessAssessed compares two desired states: add --base REV.")
    }
  }

  /// The digests; none where the text is empty, as an unset variable of a pipeline is.
  private var accepted: [String] {
    acceptLess.flatMap { $0.split(whereSeparator: \.isWhitespace) }.map { $0.lowercased() }
  }

  func run() async throws {
    var request = try observation.request(repository)
    request.refresh = try refresh.refresh(repository, observation, output.display)
    request.base = try repository.base(base)
    request.demands = try gates.demands()
    request.acceptedLess = accepted
    request.ignoredDrift = try drift.ignored()
    if !output.quiet { try repository.noteUncommitted() }
    let outcome = try await Workspace(request).plan()
    try filters.check(against: outcome.plan.comparison)
    for warning in outcome.warnings where !output.quiet { Console.note(warning.description) }
    var ending = Ending()
    var saved: String?
    if let out {
      try ending.attempt {
        try SavedPlan.bytes(of: outcome.plan).write(toFile: out)
        saved = out
      }
    }
    if !output.quiet { try drift.note(on: outcome.plan) }
    var written = PlanOutput(
      filter: try drift.added(to: filters.filter), options: output, maxAffected: maxAffected,
      isSaved: out != nil)
    if try output.has(.html) {
      written.page = try await PageSource.story(of: outcome.plan, repository)
    }
    if try output.has(.markdown) {
      written.trend = try outcome.trend(in: request.location.repository)
    }
    try ending.attempt { try written.write(outcome.plan) }
    if let saved, !output.quiet {
      Console.note("Saved the plan to \(saved): 'plumb apply \(saved)' applies just this.")
    }
    ending.judge(
      outcome, isTold: try written.tellsPeople, allowsUnobserved: refresh.allowUnobserved,
      countsChanges: detailedExitcode)
    try ending.end()
  }
}
