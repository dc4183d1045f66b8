internal import YAML

extension Snapshot {
  /// What apply would record of a plan.
  package init(_ plan: Plan) {
    self.init(
      initiatives: plan.initiatives.map(\.score.definition),
      instances: plan.instances.map(Instance.init),
      exceptions: plan.exceptions.map(Exception.init), disabled: Set(plan.disabled))
    secureScores = Dictionary(
      plan.secureScores.map { ($0.instance, RecordedSecureScore($0)) },
      uniquingKeysWith: { first, _ in first })
  }
}

extension Snapshot.Instance {
  package init(_ plan: InstancePlan) {
    self.init(
      name: plan.name, app: plan.app, displayName: plan.displayName,
      recommendations: plan.recommendations, digest: plan.digest, observedAt: plan.observedAt,
      observationDigest: plan.observationDigest, collections: plan.collections,
      staleReason: plan.staleReason,
      results: plan.results.map { result in
        let recommendation = result.recommendation
        var recorded = Snapshot.Result(
          name: recommendation.name, title: recommendation.title, digest: recommendation.digest,
          declaration: recommendation.declaration,
          collection: recommendation.collection?.value, points: recommendation.points,
          since: result.since, verdict: result.verdict, decision: result.decision)
        recorded.cause = result.cause
        recorded.affectedCause = result.affectedCause
        return recorded
      })
    appTitle = plan.appTitle
    labels = plan.labels
    failure = plan.failure
    judgedAt = plan.judgedAt
    breakGlass = plan.breakGlass
  }
}

extension Snapshot.Exception {
  package init(_ plan: ExceptionPlan) {
    self.init(name: plan.exception.name, digest: plan.exception.digest, state: plan.state)
    terms = Terms(plan.exception)
    results = plan.results
    resources = plan.resources
    effects = plan.effects
  }

  /// What it covers and does, in a few words: `2 affected resources; SaaS Security +1.2`; nil where it
  /// covers nothing, or that is not recorded.
  package var extent: String? {
    guard let terms else { return nil }
    guard (terms.resources == nil ? results : resources) > 0 else { return nil }
    var parts = ["\(resources) \(resources == 1 ? "affected resource" : "affected resources")"]
    if terms.resources == nil || resources == 0 {
      parts = ["\(results) \(results == 1 ? "result" : "results")"] + (resources > 0 ? parts : [])
    }
    return ([parts.joined(separator: ", ")] + effects.map(\.text)).joined(separator: "; ")
  }
}
