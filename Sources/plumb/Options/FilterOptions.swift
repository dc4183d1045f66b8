internal import ArgumentParser
internal import Posture
internal import Text

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

  @Option(
    help: ArgumentHelp("Show instances with this label only; repeatable.", valueName: "key=value"))
  var label: [String] = []

  @Option(help: "Show recommendations from this source only; repeatable.")
  var source: [RecommendationSource] = []

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
    filter.sources = Set(source)
    for label in label { _ = filter.addLabel(label) }
    return filter
  }
}

extension FilterOptions {
  /// A name that is none shows nothing: better to say so.
  func check(against plan: Comparison) throws {
    func check(_ names: [String], _ option: String, among known: [String]) throws {
      for name in names where !known.contains(name) {
        throw Failure(
          "--\(option) \(name): there is none of this name"
            + Suggestion.hintOrList(for: name, among: known))
      }
    }
    try check(app, "app", among: plan.instances.map(\.app))
    try check(instance, "instance", among: plan.instances.map(\.name))
    try check(initiative, "initiative", among: plan.initiatives.map(\.name))
  }
}

extension Status: ExpressibleByArgument {}
extension Impact: ExpressibleByArgument {}
extension Compliance: ExpressibleByArgument {}
extension RecommendationSource: ExpressibleByArgument {}
