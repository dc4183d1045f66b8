internal import Posture
internal import YAML

extension GateKeeper {
  /// What a gate found.
  struct Findings {
    /// What it fails for.
    var caused: [String] = []
    /// What is amiss in the base as well: told, and no reason to stop a pull request.
    var standing: [String] = []
    /// What could be judged before, and cannot now.
    var notJudged: [String] = []
    /// Why there is nothing to judge, and never was.
    var neverJudged: String?

    /// - Parameter isStanding: Whether it is amiss in the base as well.
    mutating func add(_ text: String, isStanding: Bool) {
      if isStanding { standing.append(text) } else { caused.append(text) }
    }
  }

  /// Whether anything is assessed at all: where not, nothing that is judged by verdicts is.
  ///
  /// - Parameter goals: What a gate about scores is judged by; one of them must have one.
  func unassessed(_ plan: Plan, _ goals: [Goal]? = nil) -> Findings {
    var findings = Findings()
    guard !plan.instances.contains(where: \.recommendations) else {
      guard let goals, !goals.contains(where: { $0.score.score != nil }) else { return findings }
      if base == nil {
        findings.notJudged = ["no tracked initiative has a score"]
      } else if !goals.contains(where: \.isLost) {
        findings.neverJudged = "no tracked initiative has a score, in the base neither"
      }
      return findings
    }
    let was =
      base.map { $0.plan.instances.contains(where: \.recommendations) }
      ?? (!plan.instances.isEmpty || !recorded.instances.isEmpty)
    if was {
      findings.notJudged = ["no instance is assessed"]
    } else {
      findings.neverJudged = "no instance is assessed yet"
    }
    return findings
  }

  func gate(
    _ name: Settings.GateName, action: Settings.GateAction, _ findings: Findings, passed: String,
    failed: String, suffix: String = "", remedy: String
  ) -> Gate? {
    guard action != .off else { return nil }
    func list(_ items: [String]) -> String {
      let rest = items.count > 10 ? " and \(items.count - 10) more" : ""
      return items.prefix(10).joined(separator: ", ") + rest
    }
    let stood = findings.standing.isEmpty ? "" : "in the base, too: \(list(findings.standing))"
    if !findings.caused.isEmpty {
      return Gate(
        name: name.rawValue, outcome: action == .fail ? .failed : .warned,
        reason: "\(failed): \(list(findings.caused))\(suffix)"
          + (stood.isEmpty ? "" : "; \(stood)"),
        remedy: "\(remedy) (\(origin(of: name)))")
    }
    if !findings.notJudged.isEmpty {
      return Gate(
        name: name.rawValue, outcome: .notJudged,
        reason: list(findings.notJudged) + (isAccepted ? "; let through with --accept-less" : ""),
        remedy: isAccepted
          ? nil : "what was judged before is to be judged again (\(origin(of: name)))",
        stops: action == .fail && !isAccepted)
    }
    if let reason = findings.neverJudged {
      return Gate(name: name.rawValue, outcome: .notJudged, reason: reason, stops: false)
    }
    if !stood.isEmpty {
      return Gate(
        name: name.rawValue, outcome: .passed,
        reason: "not this change's doing; \(failed) \(stood)")
    }
    return Gate(name: name.rawValue, outcome: .passed, reason: passed)
  }

  /// Where the gate comes from: who wants to loosen it looks there.
  private func origin(of name: Settings.GateName) -> String {
    if let demand = demands.first(where: { $0.name == name }) { return "--fail-on \(demand)" }
    func value(_ gates: Settings.Gates) -> String? { gates.values.first { $0.name == name }?.value }
    if base != nil, value(gates) != value(settings.gates) {
      return "gates.\(name.rawValue) of the base, until this is merged"
    }
    guard let mark = settings.mark else { return "gates.\(name.rawValue), on by default" }
    return "gates.\(name.rawValue) in \(mark.file)"
  }
}
