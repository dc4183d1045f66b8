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
    var filter = PlanFilter()
    for label in label where !filter.addLabel(label) {
      throw ValidationError("--label wants KEY=VALUE, not '\(label)'.")
    }
  }

  var filter: PlanFilter {
    var filter = PlanFilter()
    filter.apps = Set(app)
    filter.instances = Set(instance)
    filter.initiatives = Set(initiative)
    filter.statuses = Set(status)
    filter.impacts = Set(impact)
    filter.compliances = Set(compliance)
    for label in label { _ = filter.addLabel(label) }
    return filter
  }
}

extension Status: ExpressibleByArgument {}
extension Impact: ExpressibleByArgument {}
extension Compliance: ExpressibleByArgument {}
