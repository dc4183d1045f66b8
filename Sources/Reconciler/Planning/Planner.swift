package import Observation
package import Posture

/// What could be seen of one instance.
package enum InstanceObservation: Sendable {
  case observed(
    ObservationSummary, [String: Verdict], secureScore: SecureScoreObservation? = nil)
  /// Nothing was stored of it here, so that what is recorded is all that is known.
  case absent
  /// Nothing can be read, and why.
  case missing(reason: String)

  /// What was observed, where something was.
  var summary: ObservationSummary? {
    if case .observed(let summary, _, _) = self { summary } else { nil }
  }
}

/// Desired × observed × recorded → plan. Pure: no network, clock, file or git.
package struct Planner {
  let desired: DesiredState
  let reference: DesiredReference
  let observations: [String: InstanceObservation]
  let recorded: Snapshot
  let recordedRevision: String?
  let now: Instant
  let takesSuspects: Bool
  let demands: [Settings.GateDemand]
  let ignoredDrift: [DriftSelector]
  /// The other desired state, when two are compared on the same observations.
  var comparison: BaseSide?
  /// What the same observations say at the time at which the record was judged, where that was asked.
  package var earlier = EarlierVerdicts()
  /// The machine's time: what was recorded as observed later stands in for nothing.
  package var clock: Instant?
  /// Recommendations that read the accounts that are kept for emergencies.
  package var readsBreakGlass: Set<String> = []
  /// When instances could not be observed, and why.
  package var failures: [String: FailedAttempt] = [:]

  /// - Parameters:
  ///   - observations: For every instance whose recommendations are on.
  ///   - recorded: What the plan is the difference to, and what stands in for an instance that
  ///     cannot be observed.
  ///   - takesSuspects: Whether observations that look like an outage are believed (`--force`).
  ///   - demands: Gates that fail for this run (`--fail-on`).
  ///   - ignoredDrift: Drift that is known and that no gate is to fail for (`--ignore-drift`).
  package init(
    desired: DesiredState, reference: DesiredReference,
    observations: [String: InstanceObservation], recorded: Snapshot,
    recordedRevision: String?, now: Instant, takesSuspects: Bool,
    demands: [Settings.GateDemand] = [], ignoredDrift: [DriftSelector] = []
  ) {
    self.desired = desired
    self.reference = reference
    self.observations = observations
    self.recorded = recorded
    self.recordedRevision = recordedRevision
    self.now = now
    self.takesSuspects = takesSuspects
    self.demands = demands
    self.ignoredDrift = ignoredDrift
  }

  package func plan() -> Plan { made().plan }

  /// The plan, and why observations in it are not believed, by instance.
  func made() -> (plan: Plan, suspects: [String: String]) {
    let compared = comparison?.state ?? recorded
    let assessed = desired.instances.map(assess)
    let index = StandingIndex(assessed.flatMap(\.standings))
    let scores = desired.initiatives.map {
      InitiativeScore(desired.resolve($0), standings: index)
    }
    let scoresBefore = compared.scores
    let initiatives = zip(desired.initiatives, scores).map { initiative, score in
      InitiativePlan(
        score: score, before: scoresBefore[initiative.name], description: initiative.description)
    }
    let instances = assessed.map { $0.instancePlan(scores: scores, recorded: compared) }
    let decisions = Dictionary(
      assessed.map { ($0.instance.name, $0.decisions) }, uniquingKeysWith: { first, _ in first })
    let secureScores = secureScores(assessed, instances, decisions)
    let exceptions = ExceptionWeigher(
      desired: desired, now: now, decisions: decisions, instances: instances,
      secureScores: secureScores, scores: scores
    ).plans()
    let suspects = Dictionary(
      assessed.compactMap { instance in instance.suspicion.map { (instance.instance.name, $0) } },
      uniquingKeysWith: { first, _ in first })
    var plan = Plan(
      desired: reference, base: comparison?.reference, recordedRevision: recordedRevision, at: now,
      initiatives: initiatives, instances: instances, exceptions: exceptions,
      disabled: desired.disabled.sorted(), changes: [],
      events: Self.events(
        scores, before: scoresBefore, threshold: desired.settings.scoreDropThreshold), gates: [],
      wouldCommit: false)
    plan.secureScores = secureScores
    var attribution = Attribution(
      desired: desired, isDeclared: comparison != nil, suspects: suspects,
      readsBreakGlass: readsBreakGlass)
    if comparison == nil { attribution.earlier = earlier }
    var changes = Differ(
      before: compared, after: Snapshot(plan), initiatives: initiatives, attribution: attribution
    ).changes()
    if let comparison {
      changes += DeclarationDiffer(
        comparison, desired: desired, plan: plan, observations: observations
      ).changes()
    }
    plan.changes = changes.ordered(in: plan)
    plan.noteCauses()
    if let comparison {
      plan.weakening = Weakening(of: plan.changes, accepted: comparison.accepted)
    }
    plan.gates = GateKeeper(
      desired: desired, comparison: comparison, recorded: compared, demands: demands,
      ignoredDrift: ignoredDrift
    ).judge(plan)
    if comparison == nil {
      plan.renewal = RenewalKeeper(desired: desired, recorded: recorded, now: now).renewal(of: plan)
      // What is held as suspect is told every time, and recorded once.
      plan.wouldCommit =
        !recorded.isReport || plan.renewal.isDue || plan.changes.contains { $0.type != .suspect }
    }
    return (plan, suspects)
  }

  private func secureScores(
    _ assessed: [AssessedInstance], _ instances: [InstancePlan], _ decisions: [String: Decisions]
  ) -> [SecureScorePlan] {
    let isAnywhere =
      !recorded.secureScores.isEmpty || assessed.contains { $0.secureScore != nil }
    guard isAnywhere else { return [] }
    let joiner = SecureScoreJoiner(
      desired: desired, now: now, recorded: recorded, decisions: decisions, instances: instances)
    return assessed.compactMap { joiner.plan($0.instance, observed: $0.secureScore) }
  }

  private func assess(_ instance: Instance) -> AssessedInstance {
    AssessedInstance(
      instance, desired: desired, observation: observations[instance.name],
      failure: failures[instance.name], recorded: recorded.instances[instance.name], now: now,
      clock: clock, belief: belief(in: instance))
  }

  /// An observation that both desired states read is believed for both, or for neither.
  private func belief(in instance: Instance) -> AssessedInstance.Belief {
    if takesSuspects { return .given }
    guard let comparison, let other = comparison.state.instances[instance.name],
      other.recommendations, other.digest == instance.digest
    else { return .judged }
    // Data that the change itself brings is what the change does, and no outage.
    if let summary = observations[instance.name]?.summary,
      summary.digest != comparison.observations[instance.name]?.summary?.digest
    {
      return .given
    }
    return comparison.suspects[instance.name].map { .withheld(reason: $0) } ?? .given
  }

  /// Falls by the threshold or more, of initiatives and their metrics, compared exactly.
  static func events(
    _ scores: [InitiativeScore], before: ByName<InitiativeScore>, threshold: Int
  ) -> [Event] {
    let threshold = Fraction(threshold)
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
