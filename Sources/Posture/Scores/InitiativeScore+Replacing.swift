extension InitiativeScore {
  /// The scores of an initiative under other circumstances; nil when nothing is possible then.
  package struct Alternative: Sendable, Hashable {
    package let score: Fraction?
    package let plannedScore: Fraction?
    package let achievableScore: Fraction?
  }

  /// What the scores would be if some standings were others. Exact, as if all were summed anew.
  ///
  /// - Parameter pairs: What is counted now, and what would be in its place.
  /// - Complexity: The pairs and the metrics, not the standings that stay.
  package func replacing(_ pairs: [(old: Standing, new: Standing)]) -> Alternative {
    var parts = metrics.map { metric in
      Part(
        weight: metric.definition.weight.factor, possible: metric.card.possible,
        earned: [metric.card.earned], planned: [metric.card.planned],
        achievable: [metric.card.achievable])
    }
    for (old, new) in pairs where instances.contains(old.instance) {
      for index in memberships[old.recommendation] ?? [] {
        parts[index].possible += new.possible - old.possible
        parts[index].earned.append(new.earned - old.earned)
        parts[index].planned.append(new.planned - old.planned)
        parts[index].achievable.append(new.achievable - old.achievable)
      }
    }
    let counted = parts.filter { $0.possible > 0 && $0.weight > 0 }
    let weight = counted.reduce(0) { $0 + $1.weight }
    func mean(_ points: KeyPath<Part, [Fraction]>) -> Fraction? {
      guard weight > 0 else { return nil }
      return Fraction.sum(
        counted.map { part in
          Fraction.sum(part[keyPath: points])
            * Fraction(100 * part.weight, over: part.possible * weight)
        })
    }
    return Alternative(
      score: mean(\.earned), plannedScore: mean(\.planned), achievableScore: mean(\.achievable))
  }

  private struct Part {
    let weight: Int
    var possible: Int
    var earned: [Fraction]
    var planned: [Fraction]
    var achievable: [Fraction]
  }
}
