internal import ArgumentParser
internal import Posture
internal import Text

/// What is shown of a plan; never what is scored or applied.
struct FilterOptions: ParsableArguments {
  @Option(help: "Show this app only; repeatable.", completion: Completions.apps)
  var app: [String] = []

  @Option(help: "Show this instance only; repeatable.", completion: Completions.instances)
  var instance: [String] = []

  @Option(
    help: "Show what this initiative counts only; repeatable.", completion: Completions.initiatives)
  var initiative: [String] = []

  @Option(
    help: ArgumentHelp(
      "Show what this metric counts only; repeatable.", valueName: "metric|initiative/metric"))
  var metric: [String] = []

  @Option(help: "Show this status only; repeatable.")
  var status: [Status] = []

  @OptionGroup var recommendations: RecommendationOptions

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
    filter.metrics = Set(metric)
    filter.recommendations = recommendations.filter
    filter.compliances = Set(compliance)
    filter.sources = Set(source)
    for label in label { _ = filter.addLabel(label) }
    return filter
  }
}

extension FilterOptions {
  /// A name that is none shows nothing: better to say so.
  func check(against plan: Comparison) throws {
    let check = RecommendationOptions.check
    try check(app, "--app", plan.instances.map(\.app), true)
    try check(instance, "--instance", plan.instances.map(\.name), true)
    try check(initiative, "--initiative", plan.initiatives.map(\.name), true)
    let counting = plan.initiatives.filter { initiative.isEmpty || initiative.contains($0.name) }
    try check(
      metric, "--metric",
      counting.flatMap { initiative in
        initiative.score.definition.metrics.flatMap { ["\(initiative.name)/\($0.name)", $0.name] }
      }, true)
    try recommendations.check(
      against: plan.instances.flatMap(\.results).compactMap(\.recommendation))
  }
}

extension Status: ExpressibleByArgument {}
extension Compliance: ExpressibleByArgument {}
extension RecommendationSource: ExpressibleByArgument {}
