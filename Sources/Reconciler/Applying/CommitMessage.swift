internal import Posture

/// The message of a commit of reports: a summary line, and trailers that say what it was made of.
enum CommitMessage {
  static func text(for plan: Plan, version: String) -> String {
    var trailers = ["Desired-State: \(plan.desired.revision ?? "working tree")"]
    if let observed = plan.instances.compactMap(\.observedAt).max() {
      trailers.append("Observed-At: \(observed)")
    }
    trailers.append("Plumb-Version: \(version)")
    let renewed = renewals(plan).map { "\($0)\n\n" } ?? ""
    return "\(summary(plan))\n\n\(renewed)\(trailers.joined(separator: "\n"))\n"
  }

  /// `SaaS Security 64.9 (-6.3); 2 regressed, 1 resolved, 3 drifted`: of several initiatives those that
  /// fell most.
  private static func summary(_ plan: Plan) -> String {
    let scores = plan.initiatives.fallsFirst.prefix(2).map { initiative -> String in
      let movement = initiative.movement.flatMap { $0 == .zero ? nil : $0 }
      return "\(initiative.score.definition.title) \(initiative.score.score?.oneDecimal ?? "–")"
        + (movement.map { " (\($0.signedOneDecimal))" } ?? "")
    }
    let off = plan.changes.filter { $0.type == .recommendationsOff || $0.type == .instanceRemoved }
      .compactMap(\.instance)
    let counts: [(String, [Change.Kind])] = [
      ("regressed", [.regressed]), ("resolved", [.resolved]), ("new", [.new]),
      ("drifted", [.drift, .resourceAdded, .resourceRemoved]),
    ]
    let gone =
      off.count == 1 ? ["\(off[0]) is off"] : off.isEmpty ? [] : ["\(off.count) instances are off"]
    let changes =
      gone
      + counts.compactMap { word, kinds -> String? in
        let count = plan.changes.count { kinds.contains($0.type) }
        return count == 0 ? nil : "\(count) \(word)"
      }
    let others = plan.changes.count
    let parts = [
      scores.joined(separator: ", "),
      !changes.isEmpty
        ? changes.joined(separator: ", ")
        : others > 0
          ? "\(others) \(others == 1 ? "change" : "changes")" : unchanged(plan),
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: "; ")
  }

  /// Why there is a commit although nothing changed: `nothing changed, okta-eu renewed`.
  private static func unchanged(_ plan: Plan) -> String {
    let due = plan.renewal.due
    if due.count == 1 { return "nothing changed, \(due[0].instance) renewed" }
    if !due.isEmpty { return "nothing changed, \(due.count) instances renewed" }
    return plan.renewal.isReworded
      ? "nothing changed, definitions renewed" : "nothing to report"
  }

  private static let mostRenewals = 20

  /// What was observed again and is renewed because its record grows old, a line each.
  private static func renewals(_ plan: Plan) -> String? {
    let due = plan.renewal.due
    if due.isEmpty { return nil }
    var lines = due.prefix(mostRenewals).map {
      "Renewed \($0.instance): observed at \($0.recordedAt), and again at \($0.observedAt)."
    }
    if due.count > mostRenewals { lines.append("And \(due.count - mostRenewals) more.") }
    return lines.joined(separator: "\n")
  }
}
