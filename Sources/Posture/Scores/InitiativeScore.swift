/// An initiative with everything resolved that its score depends on: which instances, which
/// recommendations in which metric, which weights. Recorded, so that a later run can tell what it
/// would have scored before.
package struct InitiativeDefinition: Sendable, Hashable {
  /// The initiative's name.
  package internal(set) var name: String
  /// How reports name it.
  package internal(set) var title: String
  /// The score to reach, 0 to 100.
  package internal(set) var targetScore: Int
  /// Sorted.
  package internal(set) var instances: [String]
  /// In the order of the initiative.
  package internal(set) var metrics: [Metric]

  package init(
    name: String, title: String, targetScore: Int, instances: [String], metrics: [Metric]
  ) {
    self.name = name
    self.title = title
    self.targetScore = targetScore
    self.instances = instances
    self.metrics = metrics
  }

  /// A weighted part of the initiative, with its recommendations by name.
  package struct Metric: Sendable, Hashable {
    /// Unique within the initiative.
    package internal(set) var name: String
    /// How reports name it.
    package internal(set) var title: String
    /// How much the metric counts among those of the initiative.
    package internal(set) var weight: Weight
    /// Sorted.
    package internal(set) var recommendations: [String]

    package init(name: String, title: String, weight: Weight, recommendations: [String]) {
      self.name = name
      self.title = title
      self.weight = weight
      self.recommendations = recommendations
    }
  }
}

/// An initiative's score over the standings of its instances.
///
/// Σ weight × value ÷ Σ weight over the metrics that have possible points; a metric's value is the
/// score of its recommendations. Microsoft publishes no formula for initiatives: this is Plumb's.
package struct InitiativeScore: Sendable {
  /// What the score was computed of.
  package let definition: InitiativeDefinition
  /// In the definition's order.
  package let metrics: [(definition: InitiativeDefinition.Metric, card: ScoreCard)]
  /// Counts a recommendation once on each instance, however many metrics count it.
  package let coverage: Coverage
  let instances: Set<String>
  /// The places of the metrics that count a recommendation.
  let memberships: [String: [Int]]

  /// Computes the scores of the definition's metrics on its instances; other standings are ignored.
  package init(_ definition: InitiativeDefinition, standings: StandingIndex) {
    self.definition = definition
    let instances = Set(definition.instances)
    var counted: Set<String> = []
    metrics = definition.metrics.map { metric in
      counted.formUnion(metric.recommendations)
      return (metric, ScoreCard(standings.of(metric.recommendations, on: instances)))
    }
    coverage = Coverage(standings.of(counted.sorted(), on: instances))
    self.instances = instances
    var memberships: [String: [Int]] = [:]
    for (index, metric) in definition.metrics.enumerated() {
      for name in metric.recommendations { memberships[name, default: []].append(index) }
    }
    self.memberships = memberships
  }

  /// Nil when no metric has possible points.
  package var score: Fraction? { mean(\.score) }
  /// The score if every plan were carried out; nil when no metric has possible points.
  package var plannedScore: Fraction? { mean(\.plannedScore) }
  /// The score if all but accepted risks were completed; nil when no metric has possible points.
  package var achievableScore: Fraction? { mean(\.achievableScore) }

  private func mean(_ value: KeyPath<ScoreCard, Fraction?>) -> Fraction? {
    guard totalWeight > 0 else { return nil }
    let weighted = metrics.compactMap { metric in
      metric.card[keyPath: value].map { $0 * Fraction(metric.definition.weight.factor) }
    }
    return .sum(weighted) / Fraction(totalWeight)
  }

  var totalWeight: Int {
    metrics.reduce(0) { $0 + ($1.card.possible > 0 ? $1.definition.weight.factor : 0) }
  }

  /// By how many percentage points completing one recommendation on one instance raises the score,
  /// through each metric that counts it.
  ///
  /// Exact: a metric's possible points stay what they are, so the parts simply add up.
  package func impacts(of standing: Standing) -> [(metric: String, impact: Fraction)] {
    guard instances.contains(standing.instance) else { return [] }
    return (memberships[standing.recommendation] ?? []).map { index in
      let metric = metrics[index]
      guard metric.card.possible > 0, totalWeight > 0 else {
        return (metric.definition.name, .zero)
      }
      return (
        metric.definition.name,
        standing.remaining * Fraction(100 * metric.definition.weight.factor)
          / Fraction(metric.card.possible * totalWeight)
      )
    }
  }
}

/// Standings by recommendation, so that a metric is summed without reading all of them.
package struct StandingIndex: Sendable {
  private let byRecommendation: [String: [Standing]]

  /// - Parameter standings: In any order; those of one recommendation keep theirs.
  package init(_ standings: some Sequence<Standing>) {
    byRecommendation = Dictionary(grouping: standings, by: \.recommendation)
  }

  /// The standings of some recommendations on some instances, in the order of the recommendations.
  package func of(_ recommendations: [String], on instances: Set<String>) -> [Standing] {
    recommendations.flatMap { name in
      (byRecommendation[name] ?? []).filter { instances.contains($0.instance) }
    }
  }
}
