internal import Posture

/// What a pull request takes out of sight with what it weakens: what one plan finds and another does not.
struct HiddenFindings {
  private let before: Plan
  private let after: Snapshot
  private let scores: ByName<InitiativeScore>

  /// - Parameter scores: Those of the later snapshot.
  init(before: Plan, after: Snapshot, scores: ByName<InitiativeScore>) {
    self.before = before
    self.after = after
    self.scores = scores
  }

  /// What a difference that weakens hides today.
  func hidden(by change: Change, exceptions: ByName<Snapshot.Exception>) -> String {
    if let name = change.exception {
      return exceptions[name]?.extent.map { "covers \($0)" } ?? "covers nothing today"
    }
    if let name = change.initiative { return goal(name, change) }
    if change.instance == nil && change.recommendation == nil && change.document == nil {
      return Self.rule(change.setting ?? "")
    }
    var count = Count()
    for instance in before.instances {
      if let only = change.instance, only != instance.name { continue }
      let now = after.instances[instance.name]?.results
      for result in instance.results {
        if let only = change.recommendation, only != result.name { continue }
        count.add(result, now: now?[result.name]?.decision.compliance)
      }
    }
    return count.text
  }

  /// What a looser setting hides: nothing of a tenant, and whatever comes later.
  private static func rule(_ setting: String) -> String {
    if setting.hasPrefix("gates.") { return "what it would stop after the merge" }
    if setting.hasPrefix("reports.") { return "what was recorded until now" }
    return "what would be told after the merge"
  }

  /// Results that ask for something, and that nobody is asked for afterwards.
  private struct Count {
    var failing = 0
    var high = 0
    var unknown = 0

    mutating func add(_ result: RecommendationResult, now: Compliance?) {
      switch (result.decision.compliance, now) {
      case (.notCompliant, .notCompliant), (.unknown, .unknown), (.unknown, .notCompliant): break
      case (.notCompliant, _):
        failing += 1
        if result.impact == .high { high += 1 }
      case (.unknown, _): unknown += 1
      default: break
      }
    }

    var text: String {
      var parts: [String] = []
      if failing > 0 {
        parts.append("\(failing) not compliant" + (high > 0 ? " (\(high) of high impact)" : ""))
      }
      if unknown > 0 { parts.append("\(unknown) unknown") }
      return parts.isEmpty ? "nothing today" : parts.joined(separator: ", ")
    }
  }

  private func goal(_ name: String, _ change: Change) -> String {
    guard let old = before.initiatives.first(where: { $0.name == name })?.score else {
      return "nothing today"
    }
    let target = old.definition.targetScore
    let was = old.score
    let isBelow = was.map { $0 < Fraction(target) } ?? false
    guard let new = scores[name] else {
      return "score \(was?.oneDecimal ?? "–") of target \(target)"
    }
    if change.type == .targetChanged {
      return isBelow ? "score \(was?.oneDecimal ?? "–") is below \(target)" : "nothing today"
    }
    let score = new.score
    return was == score
      ? "nothing today" : "score \(was?.oneDecimal ?? "–") → \(score?.oneDecimal ?? "–")"
  }
}
