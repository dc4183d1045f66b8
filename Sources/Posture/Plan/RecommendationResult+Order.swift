extension RecommendationResult {
  /// The order of work: danger before gain. The recommendation's impact first, then what completing it adds, then lower
  /// cost, then lower user impact, then name. It is made once for each result where many are sorted.
  ///
  /// A class: a million of them are compared, and it is not copied for that.
  package final class Precedence: Comparable, Sendable {
    private let impact: Impact
    private let gain: Fraction
    private let remaining: Fraction
    private let recommendation: (cost: Effort, userImpact: Effort)?
    private let name: String
    private let instance: String

    /// - Parameter gain: What completing the result adds.
    package init(_ result: RecommendationResult, by gain: Fraction) {
      impact = result.impact
      self.gain = gain
      remaining = result.standing.remaining
      recommendation = result.recommendation.map { ($0.implementationCost, $0.userImpact) }
      name = result.name
      instance = result.instance
    }

    /// By where completing the result adds most.
    package convenience init(_ result: RecommendationResult) {
      self.init(result, by: result.greatestImpact?.impact ?? .zero)
    }

    package static func < (left: Precedence, right: Precedence) -> Bool {
      if left.impact != right.impact { return left.impact > right.impact }
      if left.gain != right.gain { return left.gain > right.gain }
      if left.remaining != right.remaining { return left.remaining > right.remaining }
      if let one = left.recommendation, let other = right.recommendation, one != other {
        return one < other
      }
      return left.name != right.name ? left.name < right.name : left.instance < right.instance
    }

    package static func == (left: Precedence, right: Precedence) -> Bool {
      !(left < right) && !(right < left)
    }
  }
}
