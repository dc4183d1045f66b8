internal import Posture
internal import YAML

/// Compares two recorded states as a plan compares the recorded state with what is: the same
/// changes, causes, scores and events. Pure.
struct ReportDiffer {
  let from: RecordedState
  let to: RecordedState
  /// What titles and impacts are looked up in.
  let declared: DesiredState
  /// The exceptions that the desired state of the older or the newer report declares, by name; asked
  /// only when the reports differ in exceptions.
  let exceptions: (_ isNewer: Bool) throws -> [String: Exception]

  func plan(at: Instant, desired: DesiredReference, recordedRevision: String) throws -> Plan {
    let index = StandingIndex(to.standings)
    let indexBefore = StandingIndex(from.standings)
    let scores = to.initiatives.map { InitiativeScore($0, standings: index) }
    let scoresBefore = Dictionary(
      from.initiatives.map { ($0.name, InitiativeScore($0, standings: indexBefore)) },
      uniquingKeysWith: { first, _ in first })
    let initiatives = scores.map { score in
      let before = scoresBefore[score.definition.name]
      return InitiativePlan(
        score: score, before: before?.score, metricsBefore: before?.values ?? [:], description: "")
    }
    let known = Dictionary(
      declared.recommendations.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let instances = to.instances.sorted { $0.key < $1.key }.map { name, instance in
      self.instance(name, instance, scores: scores, known: known)
    }
    var plan = Plan(
      desired: desired, base: nil, recordedRevision: recordedRevision, at: at,
      initiatives: initiatives, instances: instances, exceptions: [],
      disabled: to.disabled.sorted(), changes: [],
      events: Planner.events(
        scores, before: scoresBefore, threshold: declared.settings.scoreDropThreshold),
      gates: [], wouldCommit: false)
    plan.changes = try changes(plan)
    return plan
  }

  // MARK: The newer report

  private func instance(
    _ name: String, _ instance: RecordedInstance, scores: [InitiativeScore],
    known: [String: Recommendation]
  ) -> InstancePlan {
    let results = instance.recommendations ? instance.results : []
    let before = from.instances[name].flatMap { earlier in
      earlier.recommendations
        ? ScoreCard(earlier.results.map { $0.standing(on: name) }).score : nil
    }
    var plan = InstancePlan(
      name: name, app: instance.app, displayName: instance.displayName,
      appTitle: declared.connectors[instance.app]?.displayName ?? instance.app,
      labels: declared.instance(name)?.labels ?? [:], digest: instance.digest,
      recommendations: instance.recommendations, observedAt: instance.observedAt,
      observationDigest: instance.observationDigest, staleReason: instance.staleReason,
      card: ScoreCard(results.map { $0.standing(on: name) }), before: before,
      collections: instance.collections,
      results: results.map { result in
        var made = RecommendationResult(
          instance: name,
          recommendation: Recommendation(
            recorded: result, app: instance.app, known: known[result.recommendation]),
          evaluation: result.evaluation, status: result.status,
          isStale: instance.staleReason != nil, exception: result.exception, since: result.since,
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

  // MARK: Changes

  private func changes(_ plan: Plan) throws -> [Change] {
    let disabled = from.disabled.union(to.disabled)
    let causes = exceptionCauses
    var changes: [Change] = []
    var movements: [String: [InstanceDiffer.Movement]] = [:]
    for instance in plan.instances {
      let differ = InstanceDiffer(
        instance: instance, recorded: from.instances[instance.name], exceptions: causes,
        suspicion: nil, disabled: disabled,
        fields: declared.instance(instance.name).map(declared.fieldIndex) ?? FieldIndex())
      changes += differ.changes()
      movements[instance.name] = differ.movements()
    }
    for (name, instance) in from.instances where to.instances[name] == nil {
      changes.append(
        Change(
          .instanceRemoved(app: instance.app), of: .instance(name), cause: .desiredState))
    }
    changes += try exceptionChanges()
    changes += InitiativeDiffer(
      plan: plan, recorded: from, declarations: DeclarationIndex(declared, recorded: from),
      movements: movements
    ).changes()
    return changes.ordered(in: plan)
  }

  /// Why exceptions act otherwise than before, for those that do.
  private var exceptionCauses: [String: Change.Cause] {
    var causes: [String: Change.Cause] = [:]
    for name in Set(from.exceptions.keys).union(to.exceptions.keys) {
      let (old, new) = (from.exceptions[name], to.exceptions[name])
      if old?.digest != new?.digest {
        causes[name] = .desiredState
      } else if new?.state == .expired, old?.state != .expired {
        causes[name] = .time
      }
    }
    return causes
  }

  private func exceptionChanges() throws -> [Change] {
    guard from.exceptions != to.exceptions else { return [] }
    let (old, new) = (try exceptions(false), try exceptions(true))
    var changes: [Change] = []
    for name in Set(from.exceptions.keys).union(to.exceptions.keys).sorted() {
      let (before, after) = (from.exceptions[name], to.exceptions[name])
      func add(_ what: Change.ExceptionChange.What, _ cause: Change.Cause) {
        changes.append(
          Change(
            .exception(.init(what, from: before?.state, to: after?.state)), of: .exception(name),
            cause: cause))
      }
      guard let after else {
        add(.removed(old[name].map { .init($0) }, covered: nil), .desiredState)
        continue
      }
      if before == nil {
        add(.added(new[name].map { .init($0) }, covers: nil), .desiredState)
      } else if before?.digest != after.digest {
        let fields = old[name].flatMap { before in new[name].map { before.differences(to: $0) } }
        add(.changed(fields), .desiredState)
      }
      guard before?.state != after.state else { continue }
      let end = new[name]?.expires
      switch after.state {
      case .expired: add(.expired(end, isPlanned: false), .time)
      case .expiringSoon: add(.expiringSoon(end), .time)
      case .unused:
        add(
          .unused(isNew: before == nil, isPlanned: false),
          before?.digest == after.digest ? .drift : .desiredState)
      case .active: break
      }
    }
    return changes
  }
}

extension InitiativeScore {
  /// The metrics' values by name, of those that have one.
  var values: [String: Fraction] {
    Dictionary(
      metrics.compactMap { metric in metric.card.score.map { (metric.definition.name, $0) } },
      uniquingKeysWith: { first, _ in first })
  }
}
