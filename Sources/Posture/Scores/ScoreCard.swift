/// Points earned and possible over a set of standings, and what projections make of them.
package struct ScoreCard: Sendable, Hashable {
  /// The sum of the points of what applies.
  package let possible: Int
  /// The sum of the points that are earned now.
  package let earned: Fraction
  let planned: Fraction
  let achievable: Fraction
  /// How many of the standings were assessed.
  package let coverage: Coverage

  /// Sums the standings, which may come in any order.
  package init(_ standings: some Sequence<Standing>) {
    let standings = Array(standings)
    possible = standings.reduce(0) { $0 + $1.possible }
    earned = .sum(standings.lazy.map(\.earned))
    planned = .sum(standings.lazy.map(\.planned))
    achievable = .sum(standings.lazy.map(\.achievable))
    coverage = Coverage(standings)
  }

  /// Earned ÷ possible × 100; nil when nothing is possible.
  package var score: Fraction? { percentage(of: earned) }
  /// The score if every plan were carried out; nil when nothing is possible.
  package var plannedScore: Fraction? { percentage(of: planned) }
  /// The score if all but accepted risks were completed; nil when nothing is possible.
  package var achievableScore: Fraction? { percentage(of: achievable) }

  private func percentage(of points: Fraction) -> Fraction? {
    possible == 0 ? nil : points * Fraction(100) / Fraction(possible)
  }
}

/// How much of what counts was assessed: a score over half a tenant says so.
package struct Coverage: Sendable, Hashable {
  /// Standings that are compliant or not compliant.
  package let assessed: Int
  /// Standings that could not be judged; what does not apply is in neither number.
  package let unknown: Int

  package init(assessed: Int, unknown: Int) {
    self.assessed = assessed
    self.unknown = unknown
  }

  init(_ standings: some Sequence<Standing>) {
    var assessed = 0
    var unknown = 0
    for standing in standings {
      switch standing.compliance {
      case .compliant, .notCompliant: assessed += 1
      case .unknown: unknown += 1
      case .notApplicable: break
      }
    }
    self.init(assessed: assessed, unknown: unknown)
  }

  /// Assessed ÷ (assessed + unknown) × 100; nil when there is neither.
  package var percentage: Fraction? {
    assessed + unknown == 0 ? nil : Fraction(assessed * 100, over: assessed + unknown)
  }
}
