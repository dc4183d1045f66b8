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
    let groups = ChangeGroups(changes)
    let sums = ChangeSums(changes)
    func item(_ number: Int, _ text: String) -> String? { number == 0 ? nil : "\(number) \(text)" }
    return [
      item(sums.regressed, "regressed"),
      item(
        sums.new,
        sums.newNotCompliant == 0 ? "new" : "new (\(sums.newNotCompliant) not compliant)"),
      item(sums.resolved, "resolved"),
      item(sums.otherwiseChanged, "otherwise changed"),
      sums.settings == 0 ? nil : "\(Words.count(sums.settings, "setting")) drifted",
      sums.resources == 0 ? nil : "\(Words.count(sums.resources, "resource")) came or went",
      sums.control == 0 ? nil : Words.count(sums.control, "control change"),
      imported(groups),
      sums.gaps == 0
        ? nil
        : Words.count(
          sums.gaps, "change of what can be observed", plural: "changes of what can be observed"),
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
