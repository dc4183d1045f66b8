internal import ArgumentParser
internal import Posture
internal import Text

/// Recommendations by what they say themselves.
struct RecommendationOptions: ParsableArguments {
  @Option(help: "Show this impact only; repeatable.")
  var impact: [Impact] = []

  @Option(help: "Show this category only; repeatable.")
  var category: [Category] = []

  @Option(
    help: "Show what stands for controls of this framework only; repeatable.",
    completion: Completions.frameworks)
  var framework: [String] = []

  @Option(
    help: ArgumentHelp(
      "Show what stands for this control only, such as OKTA-APP-000650; repeatable.",
      valueName: "id"))
  var control: [String] = []

  @Option(
    help: ArgumentHelp(
      "Show what has all these words in its name, its title, its reason or its remedy.",
      valueName: "words"))
  var search: [String] = []

  var filter: RecommendationFilter {
    var filter = RecommendationFilter()
    filter.impacts = Set(impact)
    filter.categories = Set(category)
    filter.frameworks = Set(framework)
    for id in control { filter.addControl(id) }
    for text in search { filter.addSearch(text) }
    return filter
  }

  /// A name that is none shows nothing: better to say so.
  ///
  /// - Parameter recommendations: Asked for where an option names some.
  func check(against recommendations: @autoclosure () -> [Recommendation]) throws {
    if framework.isEmpty, control.isEmpty { return }
    let controls = recommendations().flatMap(\.controls)
    try Self.check(framework, "--framework", among: Set(controls.map(\.framework)).sorted())
    let known = Set(controls.map(\.id))
    let lower = Set(known.map { $0.lowercased() })
    try Self.check(
      control.filter { !lower.contains($0.lowercased()) }, "--control", among: known.sorted(),
      lists: false)
  }

  /// - Parameter lists: Whether all names are told where none is alike.
  static func check(
    _ names: [String], _ option: String, among known: [String], lists: Bool = true
  ) throws {
    for name in names where !known.contains(name) {
      throw Failure(
        "\(option) \(name): there is none of this name"
          + (lists
            ? Suggestion.hintOrList(for: name, among: known)
            : Suggestion.hint(for: name, among: known)))
    }
  }
}

extension Impact: ExpressibleByArgument {}
extension Category: ExpressibleByArgument {}
