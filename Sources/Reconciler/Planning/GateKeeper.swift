internal import JSON
internal import Posture
internal import YAML

/// Judges the gates of the Settings document and of the command line.
struct GateKeeper {
  private let gates: Settings.Gates
  private let settings: Settings
  private let demands: [Settings.GateDemand]
  private let comparison: Comparison?
  private let recorded: RecordedState
  private let ignoredDrift: [DriftSelector]

  /// - Parameters:
  ///   - comparison: Its gates hold too: a pull request does not loosen what it is judged by.
  ///   - recorded: What the plan is the difference to.
  ///   - demands: Gates that fail for this run.
  init(
    desired: DesiredState, comparison: Comparison?, recorded: RecordedState,
    demands: [Settings.GateDemand], ignoredDrift: [DriftSelector]
  ) {
    var gates = desired.settings.gates
    var settings = desired.settings
    if let base = comparison?.desired.settings {
      gates = gates.stricter(of: base.gates)
      settings.exceptionMaxDuration = min(
        settings.exceptionMaxDuration, base.exceptionMaxDuration)
    }
    for demand in demands { demand.apply(to: &gates) }
    self.gates = gates
    self.settings = settings
    self.demands = demands
    self.comparison = comparison
    self.recorded = recorded
    self.ignoredDrift = ignoredDrift
  }

  func judge(_ plan: Plan) -> [Gate] {
    [
      newNotCompliant(plan), scoreBelowTarget(plan), scoreDrop(plan), expiredException(plan),
      exceptionTooLong(plan), coverageBelow(plan), staleObservation(plan),
    ].compactMap(\.self)
  }

  // MARK: Gates

  /// Not compliant now, and recorded as something else before: a first assessment is not news.
  private func newNotCompliant(_ plan: Plan) -> Gate? {
    guard let least = gates.newNotCompliant else { return nil }
    let changes = plan.changes.filter { change in
      change.type == .regressed && !ignoredDrift.contains { $0.matches(change) }
    }
    let regressed = Dictionary(
      changes.map { ("\($0.instance ?? "") \($0.recommendation ?? "")", $0) },
      uniquingKeysWith: { first, _ in first })
    let failures = plan.instances.flatMap { instance in
      instance.results.compactMap { result -> String? in
        let name = result.recommendation.name
        guard result.evaluation.compliance == .notCompliant, result.status == .toAddress,
          result.recommendation.impact >= least, let change = regressed["\(instance.name) \(name)"]
        else { return nil }
        return "\(name) on \(instance.name) (was \(change.from?.string ?? "unknown"))"
      }
    }
    return gate(
      .newNotCompliant, action: .fail, failures: failures,
      passed: "nothing of \(least.rawValue) impact or more is newly not compliant",
      failed: "newly not compliant",
      remedy:
        "fix them, or have each decided in a pull request: plumb except RECOMMENDATION --instance NAME …"
    )
  }

  private func scoreBelowTarget(_ plan: Plan) -> Gate? {
    let failures = plan.initiatives.compactMap { initiative -> String? in
      let target = initiative.score.definition.targetScore
      guard let score = initiative.score.score, score < Fraction(target) else { return nil }
      return "\(initiative.name) \(score.oneDecimal) < \(target)"
    }
    return gate(
      .scoreBelowTarget, action: gates.scoreBelowTarget, failures: failures,
      passed: "every tracked initiative reaches its target", failed: "below the target score",
      remedy: "complete what 'plumb show --initiative NAME' lists first, or declare another target")
  }

  private func scoreDrop(_ plan: Plan) -> Gate? {
    guard let points = gates.scoreDrop else { return nil }
    let failures = plan.initiatives.compactMap { initiative -> String? in
      guard let before = initiative.before, let score = initiative.score.score, score < before,
        before - score >= Fraction(points)
      else { return nil }
      return
        "\(initiative.name) \(before.oneDecimal) → \(score.oneDecimal) (\((score - before).signedOneDecimal))"
    }
    let other = comparison == nil ? "what was recorded" : "the base"
    return gate(
      .scoreDrop, action: .fail, failures: failures,
      passed: points == 0
        ? "no initiative fell against \(other)"
        : "no initiative fell by \(points) points or more against \(other)",
      failed: points == 0 ? "fell against \(other)" : "fell by \(points) points or more",
      remedy: "undo what lowered the score: its changes are listed above")
  }

  private func expiredException(_ plan: Plan) -> Gate? {
    let failures = plan.exceptions.compactMap { exception -> String? in
      guard exception.state == .expired else { return nil }
      let day = exception.exception.expires.map { " (\($0))" } ?? ""
      return exception.exception.name + day
    }
    return gate(
      .expiredException, action: gates.expiredException, failures: failures,
      passed: "no exception has expired", failed: "expired; renew or delete",
      remedy: "have the owner renew 'expires', or fix what it covered and delete the document")
  }

  private func exceptionTooLong(_ plan: Plan) -> Gate? {
    let limit = settings.exceptionMaxDuration
    let failures = plan.exceptions.compactMap { item -> String? in
      let exception = item.exception
      guard exception.isTooLong(at: plan.at, limit: limit), let day = exception.expires else {
        return nil
      }
      return "\(exception.name) (\(day), \(exception.mark.file):\(exception.mark.line))"
    }
    if failures.isEmpty && gates.exceptionTooLong == nil { return nil }
    let allowed = Timespan(seconds: limit).description
    return gate(
      .exceptionTooLong, action: gates.exceptionTooLong ?? .fail, failures: failures,
      passed: "no exception ends more than \(allowed) ahead",
      failed: "ends more than exceptions.maxDuration \(allowed) ahead",
      remedy: "declare an earlier last day; it can be renewed when it comes near")
  }

  private func coverageBelow(_ plan: Plan) -> Gate? {
    guard let percent = gates.coverageBelow else { return nil }
    let failures = plan.initiatives.compactMap { initiative -> String? in
      guard let coverage = initiative.score.coverage.percentage, coverage < Fraction(percent) else {
        return nil
      }
      return "\(initiative.name) \(coverage.oneDecimal) % < \(percent) %"
    }
    return gate(
      .coverageBelow, action: .fail, failures: failures,
      passed: "every tracked initiative is assessed to \(percent) % or more",
      failed: "assessed too little",
      remedy: "observe the instances under Gaps again, with the permissions that are named there")
  }

  private func staleObservation(_ plan: Plan) -> Gate? {
    let failures = plan.instances.compactMap { instance -> String? in
      guard instance.recommendations, let reason = instance.staleReason else { return nil }
      return "\(instance.name) (\(reason))"
    }
    return gate(
      .staleObservation, action: gates.staleObservation, failures: failures,
      passed: "every instance is observed", failed: "not observed now",
      remedy: "observe them again, or switch them off: plumb instances off NAME")
  }

  // MARK: Parts

  private func gate(
    _ name: Settings.GateName, action: Settings.GateAction, failures: [String], passed: String,
    failed: String, remedy: String
  ) -> Gate? {
    guard action != .off else { return nil }
    if failures.isEmpty { return Gate(name: name.rawValue, outcome: .passed, reason: passed) }
    let listed = failures.prefix(10).joined(separator: ", ")
    let rest = failures.count > 10 ? " and \(failures.count - 10) more" : ""
    return Gate(
      name: name.rawValue, outcome: action == .fail ? .failed : .warned,
      reason: "\(failed): \(listed)\(rest)", remedy: "\(remedy) (\(origin(of: name)))")
  }

  /// Where the gate comes from: who wants to loosen it looks there.
  private func origin(of name: Settings.GateName) -> String {
    if let demand = demands.first(where: { $0.name == name }) { return "--fail-on \(demand)" }
    func value(_ gates: Settings.Gates) -> String? { gates.values.first { $0.name == name }?.value }
    if comparison != nil, value(gates) != value(settings.gates) {
      return "gates.\(name.rawValue) of the base, until this is merged"
    }
    guard let mark = settings.mark else { return "gates.\(name.rawValue), on by default" }
    return "gates.\(name.rawValue) in \(mark.file)"
  }
}
