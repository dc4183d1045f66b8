extension InitiativeScore {
  /// By how many percentage points the scores differ from what they would be.
  package struct Difference: Sendable, Hashable {
    /// Of the score as it stands.
    package let score: Fraction
    /// Of the score if every plan were carried out.
    package let plannedScore: Fraction
    /// Of the score if all but accepted risks were completed.
    package let achievableScore: Fraction
  }

  /// The scores as they are, less what they would be if some standings were others. Exact, as if all
  /// were summed anew.
  ///
  /// - Parameter pairs: What is counted now, and what would be in its place.
  /// - Returns: Nil when none of the pairs counts here, or when there would be no score with or
  ///   without them.
  /// - Complexity: The pairs and the metrics that they are in, unless a metric comes or goes.
  package func difference(from pairs: [(old: Standing, new: Standing)]) -> Difference? {
    var others: [Int: Part] = [:]
    for (old, new) in pairs where instances.contains(old.instance) {
      for index in memberships[old.recommendation] ?? [] {
        others[index, default: Part(metrics[index])].replace(old, by: new)
      }
    }
    guard !others.isEmpty else { return nil }
    let touched = others.keys.sorted()
    let before = touched.map { Part(metrics[$0]) }
    let after = touched.compactMap { others[$0] }
    func weight(_ parts: [Part]) -> Int { parts.reduce(0) { $0 + $1.countingWeight } }
    if weight(before) == weight(after) {
      return Self.difference(before, after, totals: (totalWeight, totalWeight))
    }
    // A metric that nothing is possible in counts for nothing: all others weigh more then.
    let all = metrics.indices.map { Part(metrics[$0]) }
    let replaced = metrics.indices.map { others[$0] ?? all[$0] }
    return Self.difference(all, replaced, totals: (weight(all), weight(replaced)))
  }

  private static func difference(
    _ before: [Part], _ after: [Part], totals: (before: Int, after: Int)
  ) -> Difference? {
    guard totals.before > 0, totals.after > 0 else { return nil }
    func sum(_ points: KeyPath<Part, Fraction>) -> Fraction {
      .sum(before.map { $0.share(points, of: totals.before) })
        - .sum(after.map { $0.share(points, of: totals.after) })
    }
    return Difference(
      score: sum(\.earned), plannedScore: sum(\.planned), achievableScore: sum(\.achievable))
  }

  /// One metric's points.
  private struct Part {
    let weight: Int
    var possible: Int
    var earned: Fraction
    var planned: Fraction
    var achievable: Fraction

    init(_ metric: (definition: InitiativeDefinition.Metric, card: ScoreCard)) {
      weight = metric.definition.weight.factor
      possible = metric.card.possible
      earned = metric.card.earned
      planned = metric.card.planned
      achievable = metric.card.achievable
    }

    mutating func replace(_ old: Standing, by new: Standing) {
      possible += new.possible - old.possible
      earned += new.earned - old.earned
      planned += new.planned - old.planned
      achievable += new.achievable - old.achievable
    }

    var countingWeight: Int { possible > 0 ? weight : 0 }

    /// What it adds to the initiative's score, in percentage points.
    func share(_ points: KeyPath<Part, Fraction>, of totalWeight: Int) -> Fraction {
      guard possible > 0 else { return .zero }
      return self[keyPath: points] * Fraction(100 * weight, over: possible * totalWeight)
    }
  }
}
