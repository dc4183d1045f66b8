package import Posture
internal import YAML

/// Everything that is known of one recommendation: what `plumb explain` tells.
package struct Explanation: Sendable {
  let recommendation: Recommendation
  let appTitle: String
  /// In order of initiatives, then of their metrics.
  let memberships: [Membership]
  /// Sorted by instance.
  let results: [RecommendationResult]
  let exceptions: [Exception]
  /// The time that counts as now; nil where no end is compared with it.
  let now: Instant?

  /// A metric that counts the recommendation.
  struct Membership: Sendable {
    let initiative: Initiative
    let metric: Initiative.Metric
  }

  /// - Parameters:
  ///   - appTitle: The app's name for people.
  ///   - initiatives: All that may count it.
  ///   - results: How it stands on each instance, as far as that is known.
  ///   - exceptions: Those that may name it.
  ///   - now: The time that counts as now.
  package init(
    _ recommendation: Recommendation, appTitle: String, initiatives: [Initiative],
    results: [RecommendationResult] = [], exceptions: [Exception] = [],
    now: Instant? = nil
  ) {
    self.now = now
    self.recommendation = recommendation
    self.appTitle = appTitle
    memberships = initiatives.flatMap { initiative in
      initiative.metrics.filter { $0.contains(recommendation) }
        .map { Membership(initiative: initiative, metric: $0) }
    }
    self.results = results.filter { $0.name == recommendation.name }
      .sorted { $0.instance < $1.instance }
    self.exceptions = exceptions.filter { exception in
      exception.recommendations.contains { $0.value == recommendation.name }
    }
  }

  /// Whether an exception holds no more.
  func isExpired(_ exception: Exception) -> Bool { now.map(exception.isExpired) ?? false }
}
