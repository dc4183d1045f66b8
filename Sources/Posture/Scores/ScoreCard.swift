/// Points earned and possible over a set of standings, and what projections make of them.
package struct ScoreCard: Sendable, Hashable {
  package let possible: Int
  package let earned: Fraction
  let planned: Fraction
  let achievable: Fraction
  package let coverage: Coverage

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
  package var plannedScore: Fraction? { percentage(of: planned) }
  package var achievableScore: Fraction? { percentage(of: achievable) }

  private func percentage(of points: Fraction) -> Fraction? {
    possible == 0 ? nil : points * Fraction(100) / Fraction(possible)
  }
}

/// How much of what counts was assessed: a score over half a tenant says so.
package struct Coverage: Sendable, Hashable {
  package let assessed: Int
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
