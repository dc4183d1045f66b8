package import Posture
internal import YAML

/// What `plumb catalog list` shows: recommendations, and which published controls they stand for.
package struct CatalogListing: Sendable {
  /// By app and name.
  package let recommendations: [Recommendation]
  /// How many more the filter lets through than its limit.
  package let more: Int
  /// By name.
  package let frameworks: [Framework]

  /// A framework as far as the recommendations stand for it.
  package struct Framework: Sendable, Hashable {
    package let name: String
    /// Controls of it that are named, each counted once.
    package let controls: Int
    /// Recommendations that name one.
    package let recommendations: Int
  }

  /// - Parameters:
  ///   - filter: Its apps, its initiatives, and what recommendations say themselves count.
  ///   - initiatives: What a filter by initiative looks in.
  package init(
    _ recommendations: [Recommendation], initiatives: [Initiative] = [],
    filter: PlanFilter = PlanFilter()
  ) {
    let wanted = initiatives.filter { filter.initiatives.contains($0.name) }
    let matching = recommendations.filter { recommendation in
      (filter.apps.isEmpty || filter.apps.contains(recommendation.app.value))
        && filter.recommendations.matches(recommendation)
        && (filter.initiatives.isEmpty
          || wanted.contains { $0.metrics.contains { $0.contains(recommendation) } })
    }.sorted { ($0.app.value, $0.name) < ($1.app.value, $1.name) }
    let shown = filter.limit.map { Array(matching.prefix($0)) } ?? matching
    more = matching.count - shown.count
    var controls: [String: Set<String>] = [:]
    var counts: [String: Int] = [:]
    for recommendation in shown {
      for (framework, named) in Dictionary(grouping: recommendation.controls, by: \.framework) {
        controls[framework, default: []].formUnion(named.map(\.id))
        counts[framework, default: 0] += 1
      }
    }
    self.recommendations = shown
    frameworks = controls.map { name, ids in
      Framework(name: name, controls: ids.count, recommendations: counts[name] ?? 0)
    }.sorted { $0.name < $1.name }
  }

  /// Apps with the number of their recommendations, by name.
  package var apps: [(name: String, count: Int)] {
    Dictionary(grouping: recommendations, by: \.app.value)
      .map { (name: $0.key, count: $0.value.count) }.sorted { $0.name < $1.name }
  }
}
