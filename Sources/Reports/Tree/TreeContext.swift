internal import Posture
internal import Text

/// What every page of the report tree may ask for.
struct TreeContext {
  let index: PlanIndex
  let standings: [FrameworkStanding]
  /// The scores of the days before; nil where there are none.
  let trend: Trend?
  /// Every result by its recommendation, in the order of views.
  let byRecommendation: [String: [RecommendationResult]]
  /// The recommendations' names, in the order of views: where one is most urgent gives its place.
  let recommendations: [String]
  /// What is not met and not decided otherwise, in the order of views.
  let work: [RecommendationResult]
  private let frameworks: Set<String>

  init(_ comparison: Comparison, background: ReportTree.Background) {
    index = PlanIndex(comparison)
    trend = background.history.flatMap(Trend.init)
    standings = background.frameworks
    let sorted = index.urgencies.sorted(comparison.instances.flatMap(\.results)).map(\.result)
    work = sorted.filter(\.isOpen)
    byRecommendation = Dictionary(grouping: sorted, by: \.name)
    var seen: Set<String> = []
    recommendations = sorted.map(\.name).filter { seen.insert($0).inserted }
    frameworks = Set(background.frameworks.map(\.framework.name))
  }

  var comparison: Comparison { index.comparison }

  /// The recommendation's title as a link to its page; the title alone where it has none.
  func title(of name: String, _ title: String, on page: TreePage) -> Markdown {
    byRecommendation[name] == nil ? "\(title)" : page.link(title, to: .recommendation(name))
  }

  /// The recommendation's name as a link to its page.
  func name(of name: String, on page: TreePage) -> Markdown {
    byRecommendation[name] == nil
      ? "\(cell: name)" : page.link(name: name, to: .recommendation(name))
  }

  /// The instance's name as a link to its page, or to where a recommendation stands on it.
  func instance(
    _ name: String, at recommendation: String? = nil, on page: TreePage
  ) -> Markdown {
    guard index.isThere(name) else { return "\(name)" }
    let place = recommendation.flatMap { index.stands($0, on: name) ? $0 : nil }
    return page.link(name, to: .instance(name), at: place)
  }

  /// The control as a link to where its framework's page has it.
  func control(_ control: Recommendation.Control, on page: TreePage) -> Markdown {
    frameworks.contains(control.framework)
      ? page.link(Words.of(control), to: .framework(control.framework), at: control.id)
      : "\(Words.of(control))"
  }

  /// A text as a link to an initiative's page; the text alone where it has none.
  func initiative(_ name: String?, _ text: String, on page: TreePage) -> Markdown {
    guard let name, comparison.initiatives.contains(where: { $0.name == name }) else {
      return "\(text)"
    }
    return page.link(text, to: .initiative(name))
  }

  /// An exception's name as a link to where it is told.
  func exception(_ name: String, on page: TreePage) -> Markdown {
    comparison.exceptions.contains { $0.exception.name == name }
      ? page.link(name: name, to: .exceptions, at: name) : "\(cell: name)"
  }

  /// The initiatives in which a result counts, each a link, with what completing it brings there.
  func gains(of result: RecommendationResult, on page: TreePage) -> [Markdown] {
    let names = Dictionary(
      firstOf: result.placements.map { ($0.initiativeTitle, $0.initiative) })
    return result.gains.map { gain in
      "+\(raw: gain.points) \(initiative(names[gain.title], gain.title, on: page))"
    }
  }

  /// When the report was made.
  var date: Markdown { "Report of \(raw: comparison.at.minute)." }
}

extension Instant {
  /// `2026-06-01 06:00 UTC`.
  var minute: String {
    let parts = description.split(separator: "T")
    guard parts.count == 2 else { return description }
    return "\(parts[0]) \(parts[1].prefix(5)) UTC"
  }
}
