internal import JSON
internal import Posture

/// A plan in one sentence.
struct Headline {
  private let changes: [Change]
  private let initiatives: [InitiativePlan]

  init(_ plan: Comparison) { self.init(plan.changes, initiatives: plan.initiatives) }

  init(_ changes: [Change], initiatives: [InitiativePlan]) {
    self.changes = changes
    self.initiatives = initiatives
  }

  /// `2 regressed, 1 resolved, 3 settings drifted; SaaS Security 71.2 → 64.9 (target 80)`.
  var text: String {
    let counts = self.counts
    let told = counts.isEmpty ? "no changes" : counts.joined(separator: ", ")
    return scores.isEmpty ? told : "\(told); \(scores.joined(separator: ", "))"
  }

  /// What changed, counted; empty when nothing did.
  var counts: [String] {
    var regressed = 0
    var appeared = 0
    var new = 0
    var resolved = 0
    var settings = 0
    for change in changes {
      switch change.type {
      case .regressed: regressed += 1
      case .new:
        new += 1
        if change.verdict == .notCompliant { appeared += 1 }
      case .resolved: resolved += 1
      case .drift: settings += 1
      default: break
      }
    }
    let groups = ChangeGroups(changes)
    let told = regressed + new + resolved
    let entries = Set(groups.results.map { "\($0.instance ?? "") \($0.recommendation ?? "")" })
    let others = max(0, entries.count - told)
    let resources = groups.drift.count - settings
    let declared = groups.control.count + groups.exceptions.count + groups.weakened.count
    func item(_ number: Int, _ text: String) -> String? { number == 0 ? nil : "\(number) \(text)" }
    return [
      item(regressed, "regressed"),
      item(new, appeared == 0 ? "new" : "new (\(appeared) not compliant)"),
      item(resolved, "resolved"),
      item(others, "otherwise changed"),
      settings == 0 ? nil : "\(Words.count(settings, "setting")) drifted",
      resources == 0 ? nil : "\(Words.count(resources, "resource")) came or went",
      declared == 0 ? nil : Words.count(declared, "control change"),
      imported(groups),
      groups.gaps.isEmpty
        ? nil
        : Words.count(
          groups.gaps.count, "change of what can be observed",
          plural: "changes of what can be observed"),
      counts(ofOnlyScores: groups),
    ].compactMap(\.self)
  }

  private func imported(_ groups: ChangeGroups) -> String? {
    let counts = ImportedSource.all.compactMap { source in
      let count = groups.imported(from: source).count
      return count == 0
        ? nil : Words.count(count, "change", plural: "changes") + " in \(source.shortTitle)"
    }
    return counts.isEmpty ? nil : counts.joined(separator: ", ")
  }

  private func counts(ofOnlyScores groups: ChangeGroups) -> String? {
    groups.scores.count == changes.count && !groups.scores.isEmpty
      ? Words.count(groups.scores.count, "score") + " moved" : nil
  }

  /// The initiatives whose score moved, or all while none did: at the most three.
  var scores: [String] {
    let moved = initiatives.filter(\.hasMoved)
    return (moved.isEmpty ? initiatives : moved).fallsFirst.prefix(3).map { initiative in
      let definition = initiative.score.definition
      let score = Words.movement(from: initiative.before, to: initiative.score.score)
      return "\(definition.title) \(score) (target \(definition.targetScore))"
    }
  }
}
