/// What an observation says of one recommendation on one instance.
///
/// Exactly one of the four holds; `unknown` always comes with a reason and is never a pass.
package enum Compliance: String, Sendable, CaseIterable {
  /// Every counted resource, or the one condition over the instance, holds.
  case compliant
  /// At least one counted resource, or the one condition, does not hold.
  case notCompliant
  /// Nothing of the instance is in the recommendation's scope.
  case notApplicable
  /// It could not be decided: a collection is missing, or a condition could not be evaluated.
  case unknown
}
