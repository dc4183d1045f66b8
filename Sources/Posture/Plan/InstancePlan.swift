package import YAML

/// One instance as reports tell it: what stands, what it scored before, and where it is declared.
@dynamicMemberLookup
package struct InstancePlan: Sendable {
  /// The instance in the later snapshot.
  package var state: Snapshot.Instance
  /// Its points now; none while it is not assessed.
  package var card: ScoreCard
  /// Its score before; nil where it had none.
  package let before: Fraction?
  /// Sorted by recommendation; none while it is not assessed.
  package var results: [RecommendationResult]
  /// Where its document's name stands in the desired state. Formats that point at a line use it;
  /// neither the record nor the comparison of a saved plan depends on it.
  package var mark: Mark?

  /// - Parameters:
  ///   - declared: The instance as the desired state declares it; nil where it does not.
  ///   - known: The recommendations that are known, by name; all results hold the same ones.
  ///   - scores: The scores of the initiatives in which its results count.
  package init(
    _ state: Snapshot.Instance, before: Fraction?, declared: Instance?,
    known: [String: Shared<Recommendation?>], scores: ByName<InitiativeScore>
  ) {
    self.state = state
    self.before = before
    card = ScoreCard(state.standings)
    mark = declared?.mark
    let parameters = declared?.parameters ?? [:]
    guard state.recommendations else {
      results = []
      return
    }
    results = state.results.map {
      RecommendationResult(
        $0, on: state, recommendation: known[$0.name] ?? Self.unknown, parameters: parameters,
        scores: scores)
    }
  }

  private static let unknown = Shared<Recommendation?>(nil)

  /// Reads what stands.
  package subscript<Value>(dynamicMember path: KeyPath<Snapshot.Instance, Value>) -> Value {
    state[keyPath: path]
  }

  /// The source of a name; nil where the instance has one source, or none of that name.
  package func source(_ name: String) -> Snapshot.Source? { state.source(name) }

  /// The app's name for people.
  package var appTitle: String { state.appTitle ?? state.app }
}

/// One recommendation on one instance as reports tell it: how it stands, what is said of it, and
/// what completing it brings.
///
/// A class, since it is large and never changes: views group, sort and look up a fleet's results by the hundred thousand, and copying one
/// would mean to count dozens of references.
package final class RecommendationResult: Sendable {
  /// The instance's name.
  package let instance: String
  /// The result in the later snapshot.
  package let state: Snapshot.Result
  /// The recommendation itself; nil where neither the catalog nor the repository knows it any more.
  package var recommendation: Recommendation? { shared.value }
  /// It is large too, and a fleet's instances have the same ones.
  private let shared: Shared<Recommendation?>
  /// Whether it was recorded earlier, and not observed now.
  package let isStale: Bool
  /// What completing it adds to each metric's initiative, for those that count it.
  package let placements: [Placement]
  /// The initiative that gains most, the first by name where several gain the same; nil where none
  /// counts it. Every comparison of two results asks for it, so it is made once.
  package let greatestImpact: (initiative: String, title: String, impact: Fraction)?
  /// Where to fix it, with the instance's parameters filled in; nil where one is not given.
  package let manage: String?

  /// - Parameters:
  ///   - parameters: The instance's parameters, by name.
  ///   - scores: The scores of the initiatives in which it may count.
  package init(
    _ state: Snapshot.Result, on instance: Snapshot.Instance,
    recommendation: Shared<Recommendation?>, parameters: [String: String],
    scores: ByName<InitiativeScore>
  ) {
    self.instance = instance.name
    self.state = state
    shared = recommendation
    isStale = instance.isStale && instance.isStale(state)
    let standing = state.standing(on: instance.name)
    let placements = scores.flatMap { score in
      score.impacts(of: standing).map { metric, impact in
        Placement(
          initiative: score.definition.name, initiativeTitle: score.definition.title,
          metric: metric, impact: impact)
      }
    }
    self.placements = placements
    greatestImpact = Self.greatestImpact(of: placements)
    // An address with a place that nothing fills leads nowhere.
    manage = recommendation.value?.manage
      .map { link in parameters.reduce(link) { $0.replacing("{\($1.key)}", with: $1.value) } }
      .flatMap { $0.utf8.contains(UInt8(ascii: "{")) ? nil : $0 }
  }

  /// The same with another state, and what else is given.
  package init(
    like other: RecommendationResult, state: Snapshot.Result,
    recommendation: Recommendation? = nil, manage: String? = nil
  ) {
    instance = other.instance
    self.state = state
    shared = recommendation.map(Shared.init) ?? other.shared
    isStale = other.isStale
    placements = other.placements
    greatestImpact = other.greatestImpact
    self.manage = manage ?? other.manage
  }

  private static func greatestImpact(
    of placements: [Placement]
  ) -> (initiative: String, title: String, impact: Fraction)? {
    var best: (initiative: String, title: String, impact: Fraction)?
    for (name, placements) in Dictionary(grouping: placements, by: \.initiative)
      .sorted(by: { $0.key < $1.key })
    {
      let total = Fraction.sum(placements.lazy.map(\.impact))
      if best == nil || total > best?.impact ?? .zero {
        best = (name, placements[0].initiativeTitle, total)
      }
    }
    return best
  }

  package struct Placement: Sendable {
    /// The initiative's name.
    package let initiative: String
    /// How reports name the initiative.
    package let initiativeTitle: String
    /// The metric's name.
    package let metric: String
    /// Percentage points of the initiative's score.
    package let impact: Fraction

    package init(initiative: String, initiativeTitle: String, metric: String, impact: Fraction) {
      self.initiative = initiative
      self.initiativeTitle = initiativeTitle
      self.metric = metric
      self.impact = impact
    }
  }

  /// The recommendation's name.
  package var name: String { state.name }
  /// How reports name the recommendation.
  package var title: String { state.title }
  /// What completing it earns, 1 to 100.
  package var points: Int { state.points }
  /// The collection whose resources are judged; nil where the instance is, as a whole.
  package var collection: String? { state.collection }
  /// The time of the observation that its compliance dates from; nil where there was none.
  package var since: Instant? { state.since }
  /// What was observed.
  package var verdict: Verdict { state.verdict }
  /// What counts of it.
  package var decision: Decision { state.decision }
  /// The status that the decision gives; nil when the recommendation does not apply.
  package var status: Status? { state.decision.status }
  /// The exception that gave the status.
  package var exception: String? { state.decision.exception }

  /// What scores need of this result.
  package var standing: Standing { state.standing(on: instance) }

  /// Where people look at it, and why no API tells it; nil for what is observed.
  package var lookedUp: (place: String, why: String)? {
    guard case .notAvailable(_, let why, let place) = state.verdict.reason else { return nil }
    return (place, why)
  }

  /// What failing it may cost. Where the recommendation is not known any more, its points tell.
  package var impact: Impact { shared.value?.impact ?? Impact(points: state.points) }
  /// What it is about; nil where the recommendation is not known any more.
  package var category: Category? { shared.value?.category }
  /// The frameworks' controls that it decides.
  package var controls: [Recommendation.Control] { shared.value?.controls ?? [] }

  /// What completing it adds to one initiative over all its metrics, in percentage points.
  package func impact(on initiative: String) -> Fraction {
    .sum(placements.lazy.filter { $0.initiative == initiative }.map(\.impact))
  }
}
