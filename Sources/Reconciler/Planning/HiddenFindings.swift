internal import Posture

/// What a pull request takes out of sight with what it weakens: the findings of one plan that
/// another does not have.
struct HiddenFindings {
  private let before: Plan
  private let after: Snapshot
  private let scores: ByName<InitiativeScore>

  /// - Parameter scores: The scores of the later snapshot.
  init(before: Plan, after: Snapshot, scores: ByName<InitiativeScore>) {
    self.before = before
    self.after = after
    self.scores = scores
  }

  /// What a difference that weakens hides today.
  func hidden(by change: Change, exceptions: ByName<Snapshot.Exception>) -> Change.Hidden {
    if let name = change.exception {
      return exceptions[name]?.extent.map { .covered($0) } ?? .uncovered
    }
    if let name = change.initiative { return goal(name, change) }
    if case .settings = change.subject { return Self.rule(change) }
    var count = Count()
    for instance in before.instances {
      if let only = change.instance, only != instance.name { continue }
      let now = after.instances[instance.name]?.results
      for result in instance.results {
        if let only = change.recommendation, only != result.name { continue }
        count.add(result, now: now?[result.name]?.decision.compliance)
      }
    }
    return count.hidden
  }

  /// What a looser setting hides: nothing of a tenant, but what comes later.
  private static func rule(_ change: Change) -> Change.Hidden {
    guard case .declared(let difference) = change.what else { return .notice }
    switch difference.path.first {
    case "gates": return .gate
    case "reports": return .record
    default: return .notice
    }
  }

  /// Counts the results that ask for something now and ask nobody for it afterwards.
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

    var hidden: Change.Hidden {
      failing + unknown == 0
        ? .nothing : .results(notCompliant: failing, high: high, unknown: unknown)
    }
  }

  private func goal(_ name: String, _ change: Change) -> Change.Hidden {
    guard let old = before.initiatives.first(where: { $0.name == name })?.score else {
      return .nothing
    }
    let target = old.definition.targetScore
    let was = old.score
    let isBelow = was.map { $0 < Fraction(target) } ?? false
    guard let new = scores[name] else {
      return .goal(score: was, target: target)
    }
    if change.type == .targetChanged {
      return isBelow ? .target(score: was, target: target) : .nothing
    }
    let score = new.score
    return was == score ? .nothing : .score(from: was, to: score)
  }
}
