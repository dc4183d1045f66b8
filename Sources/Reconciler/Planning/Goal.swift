internal import Posture
internal import Text

/// An initiative as gates judge it: tracked by either side, against the higher target.
struct Goal {
  let score: InitiativeScore
  let target: Int
  /// The score before the change, or the recorded one; nil where there was none.
  let before: Fraction?
  /// The scores of what both sides assess: what comes or goes is told by itself. Nil without a
  /// base.
  let common: Common?

  /// One definition, scored on what two plans both assess.
  struct Common {
    let before: InitiativeScore
    let after: InitiativeScore

    var hasFallen: Bool { Self.isLess(after.score, than: before.score) }
    var isCoveredLess: Bool {
      Self.isLess(after.coverage.percentage, than: before.coverage.percentage)
    }

    private static func isLess(_ after: Fraction?, than before: Fraction?) -> Bool {
      guard let after, let before else { return false }
      return after < before
    }
  }

  var name: String { score.definition.name }
  /// Whether it had a score and has none now.
  var isLost: Bool { before != nil && score.score == nil }
  var loss: Gate.Obstacle? { isLost ? .lost(initiative: name, was: before) : nil }

  /// The scores between which it fell: against the record as a whole, in a pull request in what
  /// both sides assess. Nil where it did not fall.
  var fall: (before: Fraction, after: Fraction)? {
    let (a, b) =
      common.map { ($0.before.score, $0.after.score) } ?? (before, score.score)
    guard let a, let b, b < a else { return nil }
    return (a, b)
  }

  /// Whether its fall is only in what both sides assess.
  var isPartial: Bool {
    fall.map { $0.before != before || $0.after != score.score } ?? false
  }

  static func all(in plan: Plan, keeper: GateKeeper) -> [Goal] {
    guard let base = keeper.base else {
      return plan.initiatives.map {
        Goal(
          score: $0.score, target: $0.score.definition.targetScore, before: $0.before, common: nil)
      }
    }
    let page = Dictionary(firstOf: plan.initiatives.map { ($0.name, $0.score) })
    let index = StandingIndex(plan.instances.flatMap { $0.results.map(\.standing) })
    // What is to be observed after the merge lowers nothing yet.
    let awaited = Set(plan.instances.filter(keeper.isAwaited).map(\.name))
    let after = plan.instances.filter { !awaited.contains($0.name) }.flatMap {
      $0.results.map(\.standing)
    }
    let before = base.plan.instances.filter { !awaited.contains($0.name) }.flatMap {
      $0.results.map(\.standing)
    }
    func pair(_ standing: Standing) -> String { "\(standing.instance) \(standing.recommendation)" }
    let both = Set(after.map(pair)).intersection(before.map(pair))
    let common = (
      before: StandingIndex(before.filter { both.contains(pair($0)) }),
      after: StandingIndex(after.filter { both.contains(pair($0)) })
    )
    let old = base.plan.initiatives.keyed(by: \.name)
    let tip = base.tip.initiatives.keyed(by: \.name)
    let own = Set(keeper.desired.initiatives.map(\.name))
    // What only the change no longer tracks is judged as the base has it.
    let untracked = base.tip.initiatives.filter {
      !own.contains($0.name) && old[$0.name] != nil
    }
    return (keeper.desired.initiatives + untracked).map { initiative in
      let definition = keeper.desired.resolve(initiative)
      return Goal(
        score: page[initiative.name] ?? InitiativeScore(definition, standings: index),
        target: max(initiative.targetScore, tip[initiative.name]?.targetScore ?? 0),
        before: old[initiative.name]?.score.score,
        common: Common(
          before: InitiativeScore(definition, standings: common.before),
          after: InitiativeScore(definition, standings: common.after)))
    }
  }
}
