internal import Posture
internal import Text
internal import YAML

/// Judges the gates of the Settings document and of the command line.
///
/// A gate is passed, failed, or not judged, and one that is not judged is not passed. For a pull
/// request, a gate judges what the pull request does; reports tell what stood before it, which
/// stops nobody.
struct GateKeeper {
  let gates: Settings.Gates
  let settings: Settings
  let desired: DesiredState
  let base: BaseSide?
  let recorded: Snapshot
  let demands: [Settings.GateDemand]
  let ignoredDrift: [DriftSelector]
  /// Whether a maintainer let the weakening through, and with it that less can be judged.
  var isAccepted = false

  /// - Parameters:
  ///   - base: The gates at the tip of its base hold too: a pull request does not loosen what it
  ///     is judged by.
  ///   - recorded: The snapshot that the plan is compared with.
  ///   - demands: Gates that fail for this run.
  init(
    desired: DesiredState, base: BaseSide?, recorded: Snapshot,
    demands: [Settings.GateDemand], ignoredDrift: [DriftSelector]
  ) {
    var gates = desired.settings.gates
    var settings = desired.settings
    if let tip = base?.tip.settings {
      gates = gates.stricter(of: tip.gates)
      settings.exceptionMaxDuration = min(settings.exceptionMaxDuration, tip.exceptionMaxDuration)
    }
    for demand in demands { demand.apply(to: &gates) }
    self.gates = gates
    self.settings = settings
    self.desired = desired
    self.demands = demands
    self.base = base
    self.recorded = recorded
    self.ignoredDrift = ignoredDrift
  }

  func judge(_ plan: Plan) -> [Gate] {
    var keeper = self
    keeper.isAccepted = plan.weakening?.isAccepted ?? false
    let goals = Goal.all(in: plan, keeper: self)
    return [
      keeper.lessAssessed(plan), keeper.newNotCompliant(plan),
      keeper.scoreBelowTarget(plan, goals), keeper.scoreDrop(plan, goals),
      keeper.expiredException(plan), keeper.exceptionTooLong(plan),
      keeper.coverageBelow(plan, goals), keeper.staleObservation(plan),
    ].compactMap(\.self)
  }

  // MARK: Gates

  /// Fails for what a pull request weakens. A maintainer lets it through; nothing in the pull
  /// request does.
  private func lessAssessed(_ plan: Plan) -> Gate? {
    guard let base else { return nil }
    let weakening = plan.weakening
    let accepted = weakening.flatMap { $0.isAccepted ? $0.changes.count : nil }
    var findings = Findings()
    if accepted == nil { findings.caused = (weakening?.changes ?? []).map { .weakened($0) } }
    return gate(
      .lessAssessed(
        digest: weakening?.digest ?? "", accepted: accepted, others: base.accepted),
      action: gates.lessAssessed, findings)
  }

  /// Fails for what is not compliant now and was something else before. A first assessment is not
  /// news; its number is told.
  private func newNotCompliant(_ plan: Plan) -> Gate? {
    guard let least = gates.newNotCompliant else { return nil }
    let changes = plan.changes.filter { change in
      change.type == .regressed && !ignoredDrift.contains { $0.matches(change) }
    }
    let regressed = Dictionary(
      firstOf: changes.map { ("\($0.instance ?? "") \($0.recommendation ?? "")", $0) })
    var findings = unassessed(plan)
    findings.caused = plan.instances.flatMap { instance in
      instance.results.compactMap { result -> Gate.Finding? in
        let name = result.name
        guard result.decision.compliance == .notCompliant, result.status == .toAddress,
          result.impact >= least, let change = regressed["\(instance.name) \(name)"]
        else { return nil }
        return .newNotCompliant(
          recommendation: name, instance: instance.name, was: change.earlierVerdict)
      }
    }
    let first = plan.changes.count { $0.type == .new && $0.verdict == .notCompliant }
    return gate(.newNotCompliant(least, first: first), action: .fail, findings)
  }

  private func scoreBelowTarget(_ plan: Plan, _ goals: [Goal]) -> Gate? {
    var findings = unassessed(plan, goals)
    for goal in goals {
      guard let score = goal.score.score, score < Fraction(goal.target) else { continue }
      findings.add(
        .belowTarget(initiative: goal.name, score: score, target: goal.target),
        isStanding: goal.common.map { !$0.hasFallen } ?? false)
    }
    findings.notJudged += goals.compactMap(\.loss)
    return gate(.scoreBelowTarget, action: gates.scoreBelowTarget, findings)
  }

  private func scoreDrop(_ plan: Plan, _ goals: [Goal]) -> Gate? {
    guard let points = gates.scoreDrop else { return nil }
    var findings = unassessed(plan, goals)
    findings.caused = goals.compactMap { goal in
      guard let (before, score) = goal.fall, before - score >= Fraction(points) else { return nil }
      return .fell(initiative: goal.name, from: before, to: score, isPartial: goal.isPartial)
    }
    findings.notJudged += goals.compactMap(\.loss)
    // Where the page shows a lower score, it is of what came or went.
    let isLower = goals.contains { goal in
      goal.before.map { before in goal.score.score.map { $0 < before } ?? false } ?? false
    }
    return gate(
      .scoreDrop(
        points, since: base == nil ? .record : .base,
        isPartial: base != nil && isLower),
      action: .fail, findings)
  }

  private func expiredException(_ plan: Plan) -> Gate? {
    var findings = Findings()
    for item in plan.exceptions where item.state == .expired {
      let before = base?.state.exceptions[item.exception.name]
      findings.add(
        .expired(exception: item.exception.name, item.exception.expires),
        isStanding: before?.state == .expired
          && before?.digest == item.exception.digest)
    }
    return gate(.expiredException, action: gates.expiredException, findings)
  }

  private func exceptionTooLong(_ plan: Plan) -> Gate? {
    let limit = settings.exceptionMaxDuration
    var findings = Findings()
    for item in plan.exceptions {
      let exception = item.exception
      guard exception.isTooLong(at: plan.at, limit: limit), let day = exception.expires else {
        continue
      }
      findings.add(
        .tooLong(
          exception: exception.name, day, file: exception.mark.file, line: exception.mark.line),
        isStanding: base?.state.exceptions[exception.name]?.digest == exception.digest)
    }
    if findings.caused.isEmpty && findings.standing.isEmpty && gates.exceptionTooLong == nil {
      return nil
    }
    return gate(.exceptionTooLong(limit), action: gates.exceptionTooLong ?? .fail, findings)
  }

  private func coverageBelow(_ plan: Plan, _ goals: [Goal]) -> Gate? {
    guard let percent = gates.coverageBelow else { return nil }
    var findings = unassessed(plan, goals)
    for goal in goals {
      guard let coverage = goal.score.coverage.percentage, coverage < Fraction(percent) else {
        continue
      }
      findings.add(
        .belowCoverage(initiative: goal.name, coverage: coverage, percent: percent),
        isStanding: goal.common.map { !$0.isCoveredLess } ?? false)
    }
    findings.notJudged += goals.compactMap(\.loss)
    return gate(.coverageBelow(percent), action: .fail, findings)
  }

  private func staleObservation(_ plan: Plan) -> Gate? {
    var findings = unassessed(plan)
    for instance in plan.instances where instance.recommendations {
      guard let reason = instance.staleReason else { continue }
      findings.add(
        .stale(instance: instance.name, reason), isStanding: isStanding(instance))
    }
    return gate(.staleObservation, action: gates.staleObservation, findings)
  }

  /// Whether a pull request finds the instance stale already, or brings one that is read over an
  /// API and cannot have been observed yet.
  private func isStanding(_ instance: InstancePlan) -> Bool {
    guard let base else { return false }
    if isAwaited(instance) { return true }
    guard let old = base.plan.instances.first(where: { $0.name == instance.name }) else {
      return false
    }
    return old.recommendations && old.isStale && old.digest == instance.digest
  }

  /// Whether the pull request has it read over an API from now on, so that it is still to be
  /// observed.
  func isAwaited(_ instance: InstancePlan) -> Bool {
    guard let base, instance.isStale, let api = desired.instance(instance.name)?.api else {
      return false
    }
    let isAwaited = instance.sources.allSatisfy { source in
      source.staleReason == nil || source.name == api.name && source.observedAt == nil
    }
    guard isAwaited, !instance.sources.isEmpty || instance.observedAt == nil else { return false }
    guard let old = base.desired.instance(instance.name) else { return true }
    return !old.recommendations || old.digest != instance.digest
  }
}
