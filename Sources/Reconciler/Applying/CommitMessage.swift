internal import Posture

/// The message of a commit of reports: a summary line, and trailers that say what it was made of.
enum CommitMessage {
  static func text(for plan: Plan, version: String) -> String {
    var trailers = ["Desired-State: \(plan.desired.revision ?? "working tree")"]
    if let observed = plan.instances.compactMap(\.observedAt).max() {
      trailers.append("Observed-At: \(observed)")
    }
    trailers.append("Plumb-Version: \(version)")
    return "\(summary(plan))\n\n\(trailers.joined(separator: "\n"))\n"
  }

  /// `SaaS Security 64.9 (-6.3); 2 regressed, 1 resolved, 3 drifted`
  private static func summary(_ plan: Plan) -> String {
    let scores = plan.initiatives.prefix(2).compactMap { initiative -> String? in
      guard let score = initiative.score.score else { return nil }
      let moved = initiative.before.map { before -> String in
        let difference = score - before
        if difference == .zero { return "" }
        return " (\(difference > .zero ? "+" : "")\(difference.oneDecimal))"
      }
      return "\(initiative.score.definition.title) \(score.oneDecimal)\(moved ?? "")"
    }
    let counts: [(String, [Change.Kind])] = [
      ("regressed", [.regressed]), ("resolved", [.resolved]), ("new", [.new]),
      ("drifted", [.drift, .resourceAdded, .resourceRemoved]),
    ]
    let changes = counts.compactMap { word, kinds -> String? in
      let count = plan.changes.count { kinds.contains($0.type) }
      return count == 0 ? nil : "\(count) \(word)"
    }
    let others = plan.changes.count
    let parts = [
      scores.joined(separator: ", "),
      !changes.isEmpty
        ? changes.joined(separator: ", ")
        : others > 0
          ? "\(others) \(others == 1 ? "change" : "changes")" : "observed again, nothing changed",
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: "; ")
  }
}
