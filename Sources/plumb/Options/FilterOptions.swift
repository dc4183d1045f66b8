internal import ArgumentParser
internal import Posture

/// What is shown of a plan; never what is scored or applied.
struct FilterOptions: ParsableArguments {
  @Option(help: "Show this app only; repeatable.")
  var app: [String] = []

  @Option(help: "Show this instance only; repeatable.")
  var instance: [String] = []

  @Option(help: "Show what this initiative counts only; repeatable.")
  var initiative: [String] = []

  @Option(help: "Show this status only; repeatable.")
  var status: [Status] = []

  @Option(help: "Show this impact only; repeatable.")
  var impact: [Impact] = []

  @Option(help: "Show this compliance only; repeatable.")
  var compliance: [Compliance] = []

  @Option(help: ArgumentHelp("Show instances with this label only; repeatable.", valueName: "key=value"))
  var label: [String] = []

  func validate() throws {
    for label in label where !label.contains("=") {
      throw ValidationError("--label wants KEY=VALUE, not '\(label)'.")
    }
  }

  var filter: PlanFilter {
    PlanFilter(
      apps: app, instances: instance, initiatives: initiative, statuses: status, impacts: impact,
      compliances: compliance,
      labels: label.map { label in
        let parts = label.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts[0]), String(parts[1]))
      })
  }
}

extension Status: ExpressibleByArgument {}
extension Impact: ExpressibleByArgument {}
extension Compliance: ExpressibleByArgument {}
