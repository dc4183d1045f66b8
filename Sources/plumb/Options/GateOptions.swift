internal import ArgumentParser
internal import Posture
internal import Reconciler

/// What a run fails for, beside the gates of the Settings document.
struct GateOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "End with exit code 3 for this too; repeatable. One of \(Settings.GateDemand.forms) (with --base).",
      valueName: "gate"))
  var failOn: [String] = []

  func validate() throws { _ = try demands() }

  func demands() throws -> [Settings.GateDemand] {
    try failOn.map { text in
      do throws(Settings.GateDemand.ParseError) {
        return try Settings.GateDemand(text)
      } catch {
        throw ValidationError("--fail-on: \(error)")
      }
    }
  }
}

/// What is shown of drift.
struct DriftOptions: ParsableArguments {
  @Flag(help: "Show drift alone: settings and resources that left what was recorded.")
  var drift = false

  @Option(
    help: ArgumentHelp(
      "Drift that is known: it and what came of it is not shown, and no gate fails for it; it is recorded all the same. INSTANCE/RECOMMENDATION/SETTING, each with * and ?, such as okta-contoso-eu/okta-session-*; repeatable.",
      valueName: "selector"))
  var ignoreDrift: [String] = []

  func validate() throws { _ = try ignored() }

  func ignored() throws -> [DriftSelector] {
    try ignoreDrift.map { text in
      guard let selector = DriftSelector(text) else {
        throw ValidationError(
          "--ignore-drift wants INSTANCE/RECOMMENDATION/SETTING, not '\(text)'.")
      }
      return selector
    }
  }

  /// A filter that shows what these options leave.
  func added(to filter: PlanFilter) throws -> PlanFilter {
    var filter = filter
    filter.onlyDrift = drift
    filter.ignoredDrift = try ignored()
    return filter
  }

  /// Says what is not shown, and which selectors mean nothing: a misspelt one hides nothing.
  func note(on plan: Plan) throws {
    for selector in try ignored() {
      let count = plan.changes.count(where: selector.matches)
      Console.note(
        count == 0
          ? "--ignore-drift \(selector): nothing drifted that it means"
          : "--ignore-drift \(selector): \(count) \(count == 1 ? "change is" : "changes are") not shown"
      )
    }
  }
}
