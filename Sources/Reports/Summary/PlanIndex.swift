internal import Posture
internal import Text

/// Looks up what changes are about.
struct PlanIndex {
  let comparison: Comparison
  private let instances: [String: InstancePlan]
  private let results: [String: [String: RecommendationResult]]
  private let titles: [String: String]
  let urgencies: UrgencyIndex

  init(_ comparison: Comparison) {
    self.comparison = comparison
    urgencies = UrgencyIndex(comparison)
    instances = comparison.instances.keyed(by: \.name)
    results = instances.mapValues { instance in
      instance.results.keyed(by: \.name)
    }
    titles = Dictionary(
      firstOf: comparison.initiatives.map { ($0.name, $0.score.definition.title) })
  }

  func instance(_ name: String) -> InstancePlan? { instances[name] }

  func isThere(_ instance: String) -> Bool { instances.index(forKey: instance) != nil }

  /// Whether the recommendation stands on the instance.
  func stands(_ recommendation: String, on instance: String) -> Bool {
    results[instance]?.index(forKey: recommendation) != nil
  }

  /// The result that a change is about; nil when its recommendation or instance is gone.
  func result(of change: Change) -> RecommendationResult? {
    guard let instance = change.instance, let recommendation = change.recommendation else {
      return nil
    }
    return results[instance]?[recommendation]
  }

  func result(on instance: String, of recommendation: String) -> RecommendationResult? {
    results[instance]?[recommendation]
  }

  func title(ofInitiative name: String) -> String { titles[name] ?? name }

  func title(ofMetric name: String, in initiative: String) -> String {
    comparison.initiatives.first { $0.name == initiative }?.score.metrics
      .first { $0.definition.name == name }?.definition.title ?? name
  }

  /// Exceptions that want a decision although nothing changed about them.
  var standingExceptions: [ExceptionPlan] {
    let told = Set(comparison.changes.filter(\.isPressing).compactMap(\.exception))
    return comparison.exceptions.filter { $0.state != .active && !told.contains($0.exception.name) }
  }

  /// What is not met and not decided otherwise, in the order of views.
  var work: [RecommendationResult] {
    urgencies.sorted(comparison.instances.flatMap(\.results).filter(\.isOpen)).map(\.result)
  }
}

extension RecommendationResult {
  /// What it takes: `cost low`, `user impact high`; nothing where nothing is said of it any more.
  var effort: [String] {
    recommendation.map {
      ["cost \($0.implementationCost.rawValue)", "user impact \($0.userImpact.rawValue)"]
    } ?? []
  }

  /// Of what it takes, what is more than low.
  var notableEffort: [String] {
    guard let recommendation else { return [] }
    let cost = recommendation.implementationCost
    let users = recommendation.userImpact
    return (cost == .low ? [] : ["cost \(cost.rawValue)"])
      + (users == .low ? [] : ["user impact \(users.rawValue)"])
  }

  /// Not compliant, and nothing was decided about it.
  var isOpen: Bool { state.status == .toAddress && state.decision.compliance == .notCompliant }

  /// How many resources are affected: `1 of 3 affected`, or `5 affected` where the instance is judged
  /// as a whole; nil when none is.
  var extent: String? {
    let decision = state.decision
    guard decision.affectedCount > 0 else { return nil }
    guard state.collection != nil else { return "\(decision.affectedCount) affected" }
    return "\(decision.affectedCount) of \(decision.counted) affected"
  }

  /// What completing it brings where it brings most: `+4.2 SaaS Security`; nil when it counts
  /// nowhere or would add less than is printed.
  var gain: (points: String, initiative: String)? {
    guard let best = greatestImpact, best.impact > .zero else { return nil }
    let points = best.impact.oneDecimal
    return (points == "0.0" ? "+<0.1" : "+" + points, best.title)
  }

  /// What completing it adds, to each initiative that it adds anything to, greatest first.
  var gains: [(points: String, title: String)] {
    var gains: [(title: String, impact: Fraction)] = []
    var seen: Set<String> = []
    for placement in placements where seen.insert(placement.initiative).inserted {
      let impact = impact(on: placement.initiative)
      if impact > .zero { gains.append((placement.initiativeTitle, impact)) }
    }
    gains.sort { $0.impact != $1.impact ? $0.impact > $1.impact : $0.title < $1.title }
    return gains.map { (points: $0.impact.oneDecimal, title: $0.title) }
  }
}
