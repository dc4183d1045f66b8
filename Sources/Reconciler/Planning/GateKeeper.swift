internal import Posture

/// Judges the gates of the Settings document.
struct GateKeeper {
  let settings: Settings
  let recorded: RecordedState

  func judge(_ plan: Plan) -> [Gate] {
    [newNotCompliant(plan), scoreBelowTarget(plan), expiredException(plan)].compactMap(\.self)
  }

  /// Not compliant now, and recorded as something else before: a first assessment is not news.
  private func newNotCompliant(_ plan: Plan) -> Gate? {
    guard let least = settings.gates.newNotCompliant else { return nil }
    let failures = plan.instances.flatMap { instance in
      let earlier = recorded.instances[instance.name]
      let before = Dictionary(
        (earlier?.results ?? []).map { ($0.recommendation, $0.evaluation.compliance) },
        uniquingKeysWith: { first, _ in first })
      return instance.results.filter { result in
        guard result.evaluation.compliance == .notCompliant, result.status == .toAddress,
          result.recommendation.impact >= least,
          let old = before[result.recommendation.name]
        else { return false }
        return old != .notCompliant
      }.map { "\($0.recommendation.name) on \(instance.name)" }
    }
    return gate(
      "newNotCompliant", action: .fail, failures: failures,
      passed: "nothing of \(least.rawValue) impact or more is newly not compliant",
      failed: "newly not compliant")
  }

  private func scoreBelowTarget(_ plan: Plan) -> Gate? {
    let failures = plan.initiatives.compactMap { initiative -> String? in
      let target = initiative.score.definition.targetScore
      guard let score = initiative.score.score, score < Fraction(target) else { return nil }
      return "\(initiative.name) \(score.oneDecimal) < \(target)"
    }
    return gate(
      "scoreBelowTarget", action: settings.gates.scoreBelowTarget, failures: failures,
      passed: "every tracked initiative reaches its target", failed: "below the target score")
  }

  private func expiredException(_ plan: Plan) -> Gate? {
    let failures = plan.exceptions.compactMap { exception -> String? in
      guard exception.state == .expired else { return nil }
      let day = exception.exception.expires.map { " (\($0))" } ?? ""
      return exception.exception.name + day
    }
    return gate(
      "expiredException", action: settings.gates.expiredException, failures: failures,
      passed: "no exception has expired", failed: "expired; renew or delete")
  }

  private func gate(
    _ name: String, action: Settings.GateAction, failures: [String], passed: String, failed: String
  ) -> Gate? {
    guard action != .off else { return nil }
    if failures.isEmpty { return Gate(name: name, outcome: .passed, reason: passed) }
    let listed = failures.prefix(10).joined(separator: ", ")
    let rest = failures.count > 10 ? " and \(failures.count - 10) more" : ""
    return Gate(
      name: name, outcome: action == .fail ? .failed : .warned,
      reason: "\(failed): \(listed)\(rest)")
  }
}
