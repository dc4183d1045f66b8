internal import Posture
internal import YAML

extension GateKeeper {
  /// What a gate found.
  struct Findings {
    /// The findings for which it fails.
    var caused: [Gate.Finding] = []
    /// The findings that the base has as well: reports tell them, and they stop no pull request.
    var standing: [Gate.Finding] = []
    /// What was judged before, and cannot be now.
    var notJudged: [Gate.Obstacle] = []
    /// Why there is nothing to judge, and never was; nil where there is something.
    var neverJudged: Gate.Obstacle?

    /// - Parameter isStanding: Whether the base has the finding as well.
    mutating func add(_ finding: Gate.Finding, isStanding: Bool) {
      if isStanding { standing.append(finding) } else { caused.append(finding) }
    }
  }

  /// The obstacles of a gate where nothing is assessed; none where something is. Without an
  /// assessment, nothing that goes by verdicts can be judged.
  ///
  /// - Parameter goals: The initiatives that a gate about scores goes by, of which one must have a
  ///   score; nil for other gates.
  func unassessed(_ plan: Plan, _ goals: [Goal]? = nil) -> Findings {
    var findings = Findings()
    guard !plan.instances.contains(where: \.recommendations) else {
      guard let goals, !goals.contains(where: { $0.score.score != nil }) else { return findings }
      if base == nil {
        findings.notJudged = [.unscored]
      } else if !goals.contains(where: \.isLost) {
        findings.neverJudged = .neverScored
      }
      return findings
    }
    let was =
      base.map { $0.plan.instances.contains(where: \.recommendations) }
      ?? (!plan.instances.isEmpty || !recorded.instances.isEmpty)
    if was {
      findings.notJudged = [.unassessed]
    } else {
      findings.neverJudged = .neverAssessed
    }
    return findings
  }

  /// The judged gate; nil where it is off.
  func gate(_ rule: Gate.Rule, action: Settings.GateAction, _ findings: Findings) -> Gate? {
    guard action != .off else { return nil }
    let origin = origin(of: rule.name)
    let fails = action == .fail
    if !findings.caused.isEmpty {
      var gate = Gate(rule, fails ? .failed : .warned, origin: origin)
      gate.caused = findings.caused
      gate.standing = findings.standing
      return gate
    }
    if !findings.notJudged.isEmpty {
      var gate = Gate(rule, .notJudged, origin: origin, stops: fails && !isAccepted)
      gate.obstacles = findings.notJudged
      gate.isLetThrough = isAccepted
      return gate
    }
    var gate = Gate(rule, findings.neverJudged == nil ? .passed : .notJudged, origin: origin)
    if let obstacle = findings.neverJudged {
      gate.obstacles = [obstacle]
    } else {
      gate.standing = findings.standing
    }
    return gate
  }

  private func origin(of name: Settings.GateName) -> Gate.Origin {
    if let demand = demands.first(where: { $0.name == name }) { return .demand("\(demand)") }
    func value(_ gates: Settings.Gates) -> String? { gates.values.first { $0.name == name }?.value }
    if base != nil, value(gates) != value(settings.gates) { return .base }
    return settings.mark.map { .file($0.file) } ?? .builtIn
  }
}
