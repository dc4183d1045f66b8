internal import Posture

/// Compares two recorded states as a plan compares the recorded state with what is: the same
/// changes, causes, scores and events. Pure.
struct ReportDiffer {
  let from: Snapshot
  let to: Snapshot
  /// What titles and impacts are looked up in.
  let declared: DesiredState

  func plan(at: Instant, desired: DesiredReference, recordedRevision: String) -> Plan {
    let scores = Array(to.scores)
    let scoresBefore = from.scores
    let initiatives = scores.map {
      InitiativePlan(score: $0, before: scoresBefore[$0.name], description: "")
    }
    let known = Dictionary(
      declared.recommendations.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var plan = Plan(
      desired: desired, base: nil, recordedRevision: recordedRevision, at: at,
      initiatives: initiatives,
      instances: to.instances.map { instance($0, scores: scores, known: known) }, exceptions: [],
      disabled: to.disabled.sorted(), changes: [],
      events: Planner.events(
        scores, before: scoresBefore, threshold: declared.settings.scoreDropThreshold),
      gates: [], wouldCommit: false)
    plan.changes = Differ(
      before: from, after: to, initiatives: initiatives,
      attribution: Attribution(desired: declared)
    ).changes().ordered(in: plan)
    return plan
  }

  // MARK: The newer report

  private func instance(
    _ instance: Snapshot.Instance, scores: [InitiativeScore], known: [String: Recommendation]
  ) -> InstancePlan {
    var plan = InstancePlan(
      name: instance.name, app: instance.app, displayName: instance.displayName,
      appTitle: instance.appTitle ?? instance.app, labels: instance.labels,
      digest: instance.digest,
      recommendations: instance.recommendations, observedAt: instance.observedAt,
      observationDigest: instance.observationDigest, staleReason: instance.staleReason,
      card: ScoreCard(instance.standings), before: from.instances[instance.name]?.score,
      collections: instance.collections,
      results: (instance.recommendations ? Array(instance.results) : []).map { result in
        var made = RecommendationResult(
          instance: instance.name,
          recommendation: Recommendation(
            recorded: result, app: instance.app, known: known[result.name]),
          verdict: result.verdict, decision: result.decision, isStale: instance.isStale,
          since: result.since,
          placements: [], manage: nil
        ).placed(in: scores)
        made.cause = result.cause
        made.affectedCause = result.affectedCause
        return made
      })
    plan.failure = instance.failure
    plan.judgedAt = instance.judgedAt
    plan.breakGlass = instance.breakGlass
    return plan
  }
}
