/// An initiative's or a metric's score fell by the threshold or more.
package struct Event: Sendable, Hashable {
  /// The initiative's name.
  package let initiative: String
  /// The metric that fell; nil when the initiative as a whole did.
  package let metric: String?
  /// The score before, in per cent, exact.
  package let from: Fraction
  /// The score after, in per cent, exact.
  package let to: Fraction

  package init(initiative: String, metric: String?, from: Fraction, to: Fraction) {
    self.initiative = initiative
    self.metric = metric
    self.from = from
    self.to = to
  }

  /// The initiatives and metrics whose score fell by the threshold or more, compared exactly.
  ///
  /// - Parameter threshold: Percentage points.
  static func falls(_ scores: Comparison.Scores, threshold: Int) -> [Event] {
    let threshold = Fraction(threshold)
    func fell(_ from: Fraction?, _ to: Fraction?) -> (Fraction, Fraction)? {
      guard let from, let to, to < from, from - to >= threshold else { return nil }
      return (from, to)
    }
    var events: [Event] = []
    for score in scores.after {
      guard let earlier = scores.before[score.name] else { continue }
      if let (from, to) = fell(earlier.score, score.score) {
        events.append(Event(initiative: score.name, metric: nil, from: from, to: to))
      }
      for metric in score.metrics {
        let old = earlier.metrics.first { $0.definition.name == metric.definition.name }
        if let (from, to) = fell(old?.card.score, metric.card.score) {
          events.append(
            Event(initiative: score.name, metric: metric.definition.name, from: from, to: to))
        }
      }
    }
    return events
  }
}
