internal import JSON
internal import Posture
internal import Reports
internal import YAML

/// Judges the gates of the Settings document and of the command line.
///
/// A gate is passed, failed, or not judged, and what is not judged is not passed. Of a pull request, a
/// gate judges what the pull request does: what stood before it is told, and stops nobody.
struct GateKeeper {
  let gates: Settings.Gates
  let settings: Settings
  let desired: DesiredState
  let base: BaseSide?
  let recorded: Snapshot
  let demands: [Settings.GateDemand]
  let ignoredDrift: [DriftSelector]
  /// Whether a maintainer let through what the change weakens, and with it that less can be judged.
  var isAccepted = false

  /// - Parameters:
  ///   - base: The gates at the tip of its base hold too: a pull request does not loosen what it
  ///     is judged by.
  ///   - recorded: What the plan is the difference to.
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

  /// What a pull request weakens, a maintainer lets through, and nothing in the pull request does.
  private func lessAssessed(_ plan: Plan) -> Gate? {
    guard let base else { return nil }
    var findings = Findings()
    var passed = "nothing that is declared is weakened"
    let digest = plan.weakening?.digest ?? ""
    if let weakening = plan.weakening, weakening.isAccepted {
      let count = weakening.changes.count
      passed =
        "\(count) declared \(count == 1 ? "difference weakens" : "differences weaken"), let through with --accept-less \(digest)"
    } else if let weakening = plan.weakening {
      findings.caused = weakening.changes.map {
        "\(Phrases.subject(of: $0)): \(Phrases.reason(of: $0)) (hides: \($0.hides ?? "nothing today"))"
      }
    }
    let other =
      base.accepted.isEmpty
      ? ""
      : "; --accept-less \(base.accepted.joined(separator: ", ")) is of other differences"
    return gate(
      .lessAssessed, action: gates.lessAssessed, findings, passed: passed, failed: "weakened",
      suffix: other,
      remedy: "undo them; or a maintainer who agrees runs this with --accept-less \(digest)")
  }

  /// Not compliant now, and something else before: a first assessment is not news, and is said.
  private func newNotCompliant(_ plan: Plan) -> Gate? {
    guard let least = gates.newNotCompliant else { return nil }
    let changes = plan.changes.filter { change in
      change.type == .regressed && !ignoredDrift.contains { $0.matches(change) }
    }
    let regressed = Dictionary(
      changes.map { ("\($0.instance ?? "") \($0.recommendation ?? "")", $0) },
      uniquingKeysWith: { first, _ in first })
    var findings = unassessed(plan)
    findings.caused = plan.instances.flatMap { instance in
      instance.results.compactMap { result -> String? in
        let name = result.name
        guard result.decision.compliance == .notCompliant, result.status == .toAddress,
          result.impact >= least, let change = regressed["\(instance.name) \(name)"]
        else { return nil }
        return "\(name) on \(instance.name) (was \(change.earlierVerdict?.rawValue ?? "unknown"))"
      }
    }
    let first = plan.changes.count {
      $0.type == .new && $0.verdict == .notCompliant
    }
    let told =
      first == 0
      ? "" : "; \(first) judged for the first time \(first == 1 ? "is" : "are") not compliant"
    return gate(
      .newNotCompliant, action: .fail, findings,
      passed: "nothing of \(least.rawValue) impact or more is newly not compliant\(told)",
      failed: "newly not compliant",
      remedy:
        "fix them, or have each decided in a pull request: plumb except RECOMMENDATION --instance NAME …"
    )
  }

  private func scoreBelowTarget(_ plan: Plan, _ goals: [Goal]) -> Gate? {
    var findings = unassessed(plan, goals)
    for goal in goals {
      guard let score = goal.score.score, score < Fraction(goal.target) else { continue }
      let text = "\(goal.name) \(score.oneDecimal) < \(goal.target)"
      findings.add(text, isStanding: goal.common.map { !$0.hasFallen } ?? false)
    }
    findings.notJudged += goals.filter(\.isLost).map(\.lostText)
    return gate(
      .scoreBelowTarget, action: gates.scoreBelowTarget, findings,
      passed: "every tracked initiative reaches its target",
      failed: "below the target score",
      remedy: "complete what 'plumb show --initiative NAME' lists first, or declare another target")
  }

  private func scoreDrop(_ plan: Plan, _ goals: [Goal]) -> Gate? {
    guard let points = gates.scoreDrop else { return nil }
    var findings = unassessed(plan, goals)
    findings.caused = goals.compactMap { goal -> String? in
      guard let (before, score) = goal.fall, before - score >= Fraction(points) else { return nil }
      return
        "\(goal.name) \(before.oneDecimal) → \(score.oneDecimal) (\((score - before).signedOneDecimal))\(goal.part)"
    }
    findings.notJudged += goals.filter(\.isLost).map(\.lostText)
    let other = base == nil ? "what was recorded" : "the base"
    // Where the page shows a lower score, it is of what came or went.
    let isLower = goals.contains { goal in
      goal.before.map { before in goal.score.score.map { $0 < before } ?? false } ?? false
    }
    let scope = base != nil && isLower ? ", of what both assess" : ""
    return gate(
      .scoreDrop, action: .fail, findings,
      passed: points == 0
        ? "no initiative fell against \(other)\(scope)"
        : "no initiative fell by \(points) points or more against \(other)\(scope)",
      failed: points == 0 ? "fell against \(other)" : "fell by \(points) points or more",
      remedy: "undo what lowered the score: its changes are listed above")
  }

  private func expiredException(_ plan: Plan) -> Gate? {
    var findings = Findings()
    for exception in plan.exceptions where exception.state == .expired {
      let day = exception.exception.expires.map { " (\($0))" } ?? ""
      let text = exception.exception.name + day
      let before = base?.state.exceptions[exception.exception.name]
      findings.add(
        text,
        isStanding: before?.state == .expired
          && before?.digest == exception.exception.digest)
    }
    return gate(
      .expiredException, action: gates.expiredException, findings,
      passed: "no exception has expired", failed: "expired; renew or delete",
      remedy: "have the owner renew 'expires', or fix what it covered and delete the document")
  }

  private func exceptionTooLong(_ plan: Plan) -> Gate? {
    let limit = settings.exceptionMaxDuration
    var findings = Findings()
    for item in plan.exceptions {
      let exception = item.exception
      guard exception.isTooLong(at: plan.at, limit: limit), let day = exception.expires else {
        continue
      }
      let text = "\(exception.name) (\(day), \(exception.mark.file):\(exception.mark.line))"
      let before = base?.state.exceptions[exception.name]
      findings.add(text, isStanding: before?.digest == exception.digest)
    }
    if findings.caused.isEmpty && findings.standing.isEmpty && gates.exceptionTooLong == nil {
      return nil
    }
    let allowed = Timespan(seconds: limit).description
    return gate(
      .exceptionTooLong, action: gates.exceptionTooLong ?? .fail, findings,
      passed: "no exception ends more than \(allowed) ahead",
      failed: "ends more than exceptions.maxDuration \(allowed) ahead",
      remedy: "declare an earlier last day; it can be renewed when it comes near")
  }

  private func coverageBelow(_ plan: Plan, _ goals: [Goal]) -> Gate? {
    guard let percent = gates.coverageBelow else { return nil }
    var findings = unassessed(plan, goals)
    for goal in goals {
      guard let coverage = goal.score.coverage.percentage, coverage < Fraction(percent) else {
        continue
      }
      let text = "\(goal.name) \(coverage.oneDecimal) % < \(percent) %"
      findings.add(text, isStanding: goal.common.map { !$0.isCoveredLess } ?? false)
    }
    findings.notJudged += goals.filter(\.isLost).map(\.lostText)
    return gate(
      .coverageBelow, action: .fail, findings,
      passed: "every tracked initiative is assessed to \(percent) % or more",
      failed: "assessed too little",
      remedy: "observe the instances under Gaps again, with the permissions that are named there")
  }

  private func staleObservation(_ plan: Plan) -> Gate? {
    var findings = unassessed(plan)
    for instance in plan.instances {
      guard instance.recommendations, let reason = instance.staleReason else { continue }
      let text = "\(instance.name) (\(reason))"
      findings.add(text, isStanding: isStanding(instance))
    }
    return gate(
      .staleObservation, action: gates.staleObservation, findings,
      passed: "every instance is observed", failed: "not observed now",
      remedy: "observe them again, or switch them off: plumb instances off NAME")
  }

  /// Of a pull request, what was not observed before it, and what nothing is observed of for a pull
  /// request: an instance that reads an API since then.
  private func isStanding(_ instance: InstancePlan) -> Bool {
    guard let base else { return false }
    if isAwaited(instance) { return true }
    guard let old = base.plan.instances.first(where: { $0.name == instance.name }) else {
      return false
    }
    return old.recommendations && old.isStale && old.digest == instance.digest
  }

  /// Whether it is read over an API from now on, and still to be observed.
  func isAwaited(_ instance: InstancePlan) -> Bool {
    guard let base, instance.isStale, instance.observedAt == nil,
      case .api? = desired.instance(instance.name)?.source
    else { return false }
    guard let old = base.desired.instance(instance.name) else { return true }
    return !old.recommendations || old.digest != instance.digest
  }
}
