/// Where a result stands in the order of work: danger before gain.
///
/// The recommendation's impact first, then what completing it adds, then lower cost, then lower user impact, then
/// name. It is made once for a result that is sorted among many: the fractions in it cost more than to compare them.
package struct WorkRank: Sendable {
  private let impact: Impact
  /// What completing it adds to one initiative, in percentage points.
  private let gain: Fraction
  /// The points that are still to be earned.
  private let points: Fraction
  /// Nil where the recommendation is not known any more.
  private let effort: (cost: Effort, userImpact: Effort)?
  private let name: String
  private let instance: String

  /// - Parameter gain: What completing the result adds; by default, to the initiative where it adds most.
  package init(_ result: RecommendationResult, gain: Fraction? = nil) {
    impact = result.impact
    self.gain = gain ?? result.greatestImpact?.impact ?? .zero
    points = result.standing.remaining
    effort = result.recommendation.map { ($0.implementationCost, $0.userImpact) }
    name = result.name
    instance = result.instance
  }

  /// Whether the one is to be done before the other.
  package static func comesFirst(_ left: WorkRank, _ right: WorkRank) -> Bool {
    if left.impact != right.impact { return left.impact > right.impact }
    if left.gain != right.gain { return left.gain > right.gain }
    if left.points != right.points { return left.points > right.points }
    if let one = left.effort, let other = right.effort, one != other { return one < other }
    return (left.name, left.instance) < (right.name, right.instance)
  }
}
