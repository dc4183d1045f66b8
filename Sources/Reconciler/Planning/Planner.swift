package import Posture

/// What could be seen of one instance.
package enum InstanceObservation: Sendable {
  case observed(ObservationSummary, [String: Evaluation])
  /// Nothing can be read, and why.
  case missing(reason: String)
}

/// Desired × observed × recorded → plan. Pure: no network, clock, file or git.
package struct Planner {
  let desired: DesiredState
  let reference: DesiredReference
  let observations: [String: InstanceObservation]
  let recorded: RecordedState
  let recordedRevision: String?
  let now: Instant
  let takesSuspects: Bool

  /// - Parameters:
  ///   - observations: For every instance whose recommendations are on.
  ///   - takesSuspects: Whether observations that look like an outage are believed (`--force`).
  package init(
    desired: DesiredState, reference: DesiredReference,
    observations: [String: InstanceObservation], recorded: RecordedState,
    recordedRevision: String?, now: Instant, takesSuspects: Bool
  ) {
    self.desired = desired
    self.reference = reference
    self.observations = observations
    self.recorded = recorded
    self.recordedRevision = recordedRevision
    self.now = now
    self.takesSuspects = takesSuspects
  }

  package func plan() -> Plan {
    let assessed = desired.instances.map(assess)
    let index = StandingIndex(assessed.flatMap(\.standings))
    let scores = desired.initiatives.map {
      InitiativeScore(desired.resolve($0), standings: index)
    }
    let recordedIndex = StandingIndex(recorded.standings)
    let scoresBefore = Dictionary(
      recorded.initiatives.map { ($0.name, InitiativeScore($0, standings: recordedIndex)) },
      uniquingKeysWith: { first, _ in first })

    let initiatives = zip(desired.initiatives, scores).map { initiative, score in
      let before = scoresBefore[initiative.name]
      return InitiativePlan(
        score: score, before: before?.score,
        metricsBefore: Dictionary(
          (before?.metrics ?? []).compactMap { metric in
            metric.card.score.map { (metric.definition.name, $0) }
          }, uniquingKeysWith: { first, _ in first }),
        description: initiative.description)
    }
    let instances = assessed.map { $0.instancePlan(scores: scores, recorded: recorded) }
    let exceptions = exceptionPlans(instances)
    var plan = Plan(
      desired: reference, base: nil, recordedRevision: recordedRevision, at: now,
      initiatives: initiatives, instances: instances, exceptions: exceptions,
      disabled: desired.disabled.sorted(), changes: [],
      events: events(scores, before: scoresBefore), gates: [], wouldCommit: false)
    plan.changes = Differ(
      desired: desired, recorded: recorded, plan: plan,
      suspects: Dictionary(
        assessed.compactMap { instance in instance.suspicion.map { (instance.instance.name, $0) } },
        uniquingKeysWith: { first, _ in first })
    ).changes()
    plan.gates = GateKeeper(settings: desired.settings, recorded: recorded).judge(plan)
    return plan
  }

  private func assess(_ instance: Instance) -> AssessedInstance {
    AssessedInstance(
      instance, desired: desired, observation: observations[instance.name],
      recorded: recorded.instances[instance.name], now: now, takesSuspects: takesSuspects)
  }

  private func exceptionPlans(_ instances: [InstancePlan]) -> [ExceptionPlan] {
    let plans = Dictionary(
      instances.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    return desired.exceptions.map { exception in
      let names = desired.instances(matching: exception.instances).map(\.name)
      let covers = names.compactMap { plans[$0] }.flatMap(\.results).reduce(0) { count, result in
        if exception.resources != nil {
          return count + (result.evaluation.exceptionMatches[exception.name] ?? 0)
        }
        return count + (result.exception == exception.name ? 1 : 0)
      }
      let state: ExceptionPlan.State =
        if exception.isExpired(at: now) {
          .expired
        } else if covers == 0 {
          .unused
        } else if exception.expiresSoon(at: now, within: desired.settings.expiringSoon) {
          .expiringSoon
        } else {
          .active
        }
      return ExceptionPlan(exception: exception, state: state, instances: names, covers: covers)
    }
  }

  /// Falls by the threshold or more, of initiatives and their metrics, compared exactly.
  private func events(
    _ scores: [InitiativeScore], before: [String: InitiativeScore]
  ) -> [Event] {
    let threshold = Fraction(desired.settings.scoreDropThreshold)
    func fell(_ from: Fraction?, _ to: Fraction?) -> (Fraction, Fraction)? {
      guard let from, let to, to < from, from - to >= threshold else { return nil }
      return (from, to)
    }
    var events: [Event] = []
    for score in scores {
      let name = score.definition.name
      guard let earlier = before[name] else { continue }
      if let (from, to) = fell(earlier.score, score.score) {
        events.append(Event(initiative: name, metric: nil, from: from, to: to))
      }
      for metric in score.metrics {
        let old = earlier.metrics.first { $0.definition.name == metric.definition.name }
        if let (from, to) = fell(old?.card.score, metric.card.score) {
          events.append(
            Event(initiative: name, metric: metric.definition.name, from: from, to: to))
        }
      }
    }
    return events
  }
}
