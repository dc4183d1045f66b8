internal import Posture
internal import YAML

/// Tells what each exception covers, and what it does to the scores: everything is scored with it,
/// and the results that it touches also without it.
struct ExceptionWeigher {
  let desired: DesiredState
  let now: Instant
  let scores: ByName<InitiativeScore>
  private let instances: ByName<Snapshot.Instance>
  /// The decisions by instance, only where there are any: most instances of a large company have no
  /// exception.
  private let decisions: [String: Decisions]
  /// How many imported recommendations each exception decides.
  private let imported: [String: Int]

  init(
    desired: DesiredState, now: Instant, decisions: [String: Decisions],
    instances: ByName<Snapshot.Instance>, imports: [ImportedScore],
    scores: ByName<InitiativeScore>
  ) {
    imported = Dictionary(
      imports.flatMap(\.recommendations).compactMap(\.exception).map { ($0, 1) },
      uniquingKeysWith: +)
    self.desired = desired
    self.now = now
    self.scores = scores
    self.decisions = decisions.filter { !$0.value.isEmpty }
    self.instances = instances
  }

  func weighed() -> [Snapshot.Exception] { desired.exceptions.map(weighed) }

  /// Whether any of its recommendations is for the instance's app: labels match others too. What vendors
  /// recommend is for no app.
  private func isAbout(_ instance: Instance, _ exception: Exception) -> Bool {
    exception.recommendations.contains { recommendation in
      guard let known = desired.recommendation(recommendation.value) else { return true }
      return known.app.value == instance.app.value
    }
  }

  private func weighed(_ exception: Exception) -> Snapshot.Exception {
    let meant = desired.instances(matching: exception.instances).filter { isAbout($0, exception) }
    var weighed = Snapshot.Exception(
      name: exception.name, digest: exception.digest, state: .expired)
    weighed.terms = Snapshot.Exception.Terms(exception)
    weighed.instances = meant.map(\.name)
    guard !exception.isExpired(at: now) else { return weighed }
    var pairs: [(old: Standing, new: Standing)] = []
    var results = 0
    var resources = 0
    for instance in meant where instance.recommendations {
      guard let decisions = decisions[instance.name] else { continue }
      for name in Set(exception.recommendations.map(\.value)).sorted() {
        guard let result = instances[instance.name]?.results[name] else { continue }
        let standing = result.standing(on: instance.name)
        let covered = result.covered(
          by: exception.name, namesResources: exception.resources != nil)
        resources += covered
        let other = Self.standing(of: result, on: instance.name, without: exception, decisions)
        let isHeld = exception.resources == nil && result.exception == exception.name
        if isHeld || covered > 0 || other != standing { results += 1 }
        if other != standing { pairs.append((standing, other)) }
      }
    }
    // What it says of a native recommendation, it says of the imported one of the same practice.
    let namesImported = exception.recommendations.contains { ImportedSource.of($0.value) != nil }
    if namesImported || results == 0 { results += imported[exception.name] ?? 0 }
    weighed.results = results
    weighed.resources = resources
    weighed.effects = effects(pairs)
    weighed.state =
      weighed.covers == 0
      ? .unused
      : exception.expiresSoon(at: now, within: desired.settings.expiringSoon)
        ? .expiringSoon : .active
    return weighed
  }

  private static func standing(
    of result: Snapshot.Result, on instance: String, without exception: Exception,
    _ decisions: Decisions
  ) -> Standing {
    Standing(
      instance: instance, recommendation: result.name, points: result.points,
      decision: decisions.decision(on: result.verdict, of: result.name, without: exception.name))
  }

  private func effects(_ pairs: [(old: Standing, new: Standing)]) -> [Snapshot.Exception.Effect] {
    guard !pairs.isEmpty else { return [] }
    return scores.compactMap { score in
      guard let difference = score.difference(from: pairs) else { return nil }
      let effect = Snapshot.Exception.Effect(
        initiative: score.definition.name, title: score.definition.title,
        score: difference.score, plannedScore: difference.plannedScore,
        achievableScore: difference.achievableScore)
      return effect.isFelt ? effect : nil
    }
  }
}
