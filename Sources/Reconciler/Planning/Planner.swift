package import Observation
package import Posture
internal import SecureScore
internal import Text

/// What this run can see of one instance.
package enum InstanceObservation: Sendable {
  case observed(
    ObservationSummary, [String: Verdict], imported: ImportedObservation? = nil)
  /// Nothing is stored of it here, so that only the record is known.
  case absent
  /// This run is not about the instance: the record stands as it is, while it counts.
  case carried
  /// Nothing can be read, for this reason.
  case missing(Fault)

  /// The summary of the observation; nil where there is none.
  var summary: ObservationSummary? {
    if case .observed(let summary, _, _) = self { summary } else { nil }
  }
}

/// Desired × observed × recorded → plan. Pure: no network, clock, file or git.
package struct Planner {
  let desired: DesiredState
  let reference: DesiredReference
  var observations: [String: InstanceObservation]
  let recorded: Snapshot
  let recordedRevision: String?
  let now: Instant
  let takesSuspects: Bool
  let demands: [Settings.GateDemand]
  let ignoredDrift: [DriftSelector]
  /// The other desired state, when two are compared on the same observations.
  var base: BaseSide?
  /// What the same observations say at the time of the recorded judgement, where that was asked.
  package var earlier = EarlierVerdicts()
  /// The machine's time: a record that says that it was observed later stands in for nothing. Nil
  /// does not check.
  package var clock: Instant?
  /// The recommendations that read the accounts kept for emergencies.
  package var readsBreakGlass: Set<String> = []
  /// The last failure to observe each instance that could not be observed, by instance.
  package var failures: [String: FailedAttempt] = [:]
  /// How many cores share the instances out; the plan does not depend on it.
  package var cores = 1

  /// - Parameters:
  ///   - observations: For every instance whose recommendations are on.
  ///   - recorded: The snapshot that the plan is compared with, and that stands in for an
  ///     instance that cannot be observed.
  ///   - takesSuspects: Whether observations that look like an outage are believed (`--force`).
  ///   - demands: Gates that fail for this run (`--fail-on`).
  ///   - ignoredDrift: Drift that is known, for which no gate fails (`--ignore-drift`).
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

  /// Assesses every declared instance, and compares the outcome with the base or the record.
  package func plan() -> Plan {
    let before = base?.state ?? recorded
    let assessed = desired.instances.sharedOut(over: cores, least: Assessor.fewest) { own in
      own.map(assess)
    }
    var after = Snapshot(
      initiatives: desired.initiatives.map(desired.resolve), instances: assessed.map(\.state),
      exceptions: [], disabled: desired.disabled)
    let scores = Comparison.Scores(before: before.scores, after: after.scores)
    let decisions = Dictionary(firstOf: assessed.map { ($0.instance.name, $0.decisions) })
    let imported = imports(assessed, after.instances, decisions)
    after.imports = RecordedImport.all(of: imported)
    after.exceptions = ByName(
      ExceptionWeigher(
        desired: desired, now: now, decisions: decisions, instances: after.instances,
        imports: imported,
        scores: scores.after
      ).weighed())
    var attribution = Attribution(
      desired: desired, isDeclared: base != nil, readsBreakGlass: readsBreakGlass)
    if base == nil { attribution.earlier = earlier }
    var differ = Differ(before: before, after: after, scores: scores, attribution: attribution)
    differ.cores = cores
    var changes = differ.changes()
    if let base {
      changes += DeclarationDiffer(
        base: base, desired: desired, after: after, scores: scores.after,
        observations: observations
      ).changes()
    }
    after.noteCauses(of: changes)
    let comparison = Comparison(
      from: before, to: after, scores: scores, at: now, changes: changes, imports: imported,
      desired: desired)
    var plan = Plan(
      comparison, desired: reference, base: base?.reference, recordedRevision: recordedRevision,
      renewal: base == nil
        ? RenewalKeeper(desired: desired, recorded: recorded, now: now).renewal(by: after)
        : Renewal())
    if let base { plan.weakening = Weakening(of: plan.changes, accepted: base.accepted) }
    plan.gates = GateKeeper(
      desired: desired, base: base, recorded: before, demands: demands,
      ignoredDrift: ignoredDrift
    ).judge(plan)
    return plan
  }

  private func imports(
    _ assessed: [AssessedInstance], _ instances: ByName<Snapshot.Instance>,
    _ decisions: [String: Decisions]
  ) -> [ImportedScore] {
    let isAnywhere =
      !recorded.imports.isEmpty || assessed.contains { $0.imported != nil }
    guard isAnywhere else { return [] }
    let joiner = SecureScoreJoiner(
      desired: desired, now: now, recorded: recorded, decisions: decisions, instances: instances)
    return assessed.compactMap {
      joiner.score(of: $0.instance, observed: $0.imported, isCarried: $0.isCarried)
    }
  }

  private func assess(_ instance: Instance) -> AssessedInstance {
    AssessedInstance(
      instance, desired: desired, observation: observations[instance.name],
      failure: failures[instance.name], recorded: recorded.instances[instance.name], now: now,
      clock: clock, belief: belief(in: instance))
  }

  /// Whether to believe an observation. One that both desired states read is believed for both, or
  /// for neither.
  private func belief(in instance: Instance) -> AssessedInstance.Belief {
    if takesSuspects { return .given }
    guard let base, let other = base.state.instances[instance.name],
      other.recommendations, other.digest == instance.digest
    else { return .judged }
    // Data that the change itself brings is what the change does, and no outage.
    if let summary = observations[instance.name]?.summary,
      summary.digest != base.observations[instance.name]?.summary?.digest
    {
      return .given
    }
    return other.staleReason?.suspicion.map { .withheld($0) } ?? .given
  }
}
