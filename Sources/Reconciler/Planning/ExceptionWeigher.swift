internal import Posture
internal import YAML

/// Tells what each exception covers, and what it does to the scores: everything is scored with it
/// and, for the results that it touches, without it.
struct ExceptionWeigher {
  let desired: DesiredState
  let now: Instant
  let scores: [InitiativeScore]
  private let results: [String: [String: RecommendationResult]]
  /// By instance; only where somebody decided something: most instances of a large company have no exception.
  private let decisions: [String: Decisions]
  /// How many of Microsoft's own recommendations each exception decides.
  private let imported: [String: Int]

  init(
    desired: DesiredState, now: Instant, decisions: [String: Decisions],
    instances: [InstancePlan], secureScores: [SecureScorePlan], scores: [InitiativeScore]
  ) {
    imported = Dictionary(
      secureScores.flatMap(\.recommendations).compactMap(\.exception).map { ($0, 1) },
      uniquingKeysWith: +)
    self.desired = desired
    self.now = now
    self.scores = scores
    self.decisions = decisions.filter { !$0.value.isEmpty }
    var results: [String: [String: RecommendationResult]] = [:]
    for instance in instances where self.decisions[instance.name] != nil {
      results[instance.name] = Dictionary(
        instance.results.map { ($0.recommendation.name, $0) },
        uniquingKeysWith: { first, _ in first })
    }
    self.results = results
  }

  func plans() -> [ExceptionPlan] { desired.exceptions.map(plan) }

  private func plan(_ exception: Exception) -> ExceptionPlan {
    let meant = desired.instances(matching: exception.instances)
    let names = meant.map(\.name)
    guard !exception.isExpired(at: now) else {
      return ExceptionPlan(exception: exception, state: .expired, instances: names, covers: 0)
    }
    var pairs: [(old: Standing, new: Standing)] = []
    var results = 0
    var resources = 0
    for instance in meant where instance.recommendations {
      guard let decisions = decisions[instance.name] else { continue }
      for name in Set(exception.recommendations.map(\.value)).sorted() {
        guard let result = self.results[instance.name]?[name] else { continue }
        let covered = Self.covered(by: exception, result)
        resources += covered
        let other = Self.standing(of: result, without: exception, decisions)
        let isHeld = exception.resources == nil && result.exception == exception.name
        if isHeld || covered > 0 || other != result.standing { results += 1 }
        if other != result.standing { pairs.append((result.standing, other)) }
      }
    }
    // What it says of a native recommendation, it says of Microsoft's own for the same practice.
    let namesImported = exception.recommendations.contains {
      $0.value.hasPrefix(ImportedRecommendation.prefix)
    }
    if namesImported || results == 0 { results += imported[exception.name] ?? 0 }
    let covers = exception.resources == nil ? results : resources
    return ExceptionPlan(
      exception: exception, state: state(of: exception, covers: covers), instances: names,
      covers: covers, results: results, resources: resources, effects: effects(pairs))
  }

  /// The resources that are not compliant and that the exception covers on one instance.
  private static func covered(by exception: Exception, _ result: RecommendationResult) -> Int {
    guard exception.resources != nil else {
      return result.exception == exception.name ? result.decision.affectedCount : 0
    }
    return result.decision.covered(by: exception.name, of: result.verdict.tally)
  }

  private static func standing(
    of result: RecommendationResult, without exception: Exception, _ decisions: Decisions
  ) -> Standing {
    let name = result.recommendation.name
    return Standing(
      instance: result.instance, recommendation: name, points: result.recommendation.points,
      decision: decisions.decision(on: result.verdict, of: name, without: exception.name))
  }

  private func state(of exception: Exception, covers: Int) -> ExceptionPlan.State {
    if covers == 0 { return .unused }
    return exception.expiresSoon(at: now, within: desired.settings.expiringSoon)
      ? .expiringSoon : .active
  }

  private func effects(_ pairs: [(old: Standing, new: Standing)]) -> [ExceptionPlan.Effect] {
    guard !pairs.isEmpty else { return [] }
    return scores.compactMap { score in
      guard let difference = score.difference(from: pairs) else { return nil }
      let effect = ExceptionPlan.Effect(
        initiative: score.definition.name, title: score.definition.title,
        score: difference.score, plannedScore: difference.plannedScore,
        achievableScore: difference.achievableScore)
      return effect.isFelt ? effect : nil
    }
  }
}
