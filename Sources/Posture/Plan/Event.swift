/// An initiative's or a metric's score fell by the threshold or more.
package struct Event: Sendable, Hashable {
  package let initiative: String
  package let metric: String?
  package let from: Fraction
  package let to: Fraction

  package init(initiative: String, metric: String?, from: Fraction, to: Fraction) {
    self.initiative = initiative
    self.metric = metric
    self.from = from
    self.to = to
  }
}
