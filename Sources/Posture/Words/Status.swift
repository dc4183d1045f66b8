/// What the organisation has decided about one recommendation on one instance.
///
/// The names are those that Microsoft gives recommended actions.
package enum Status: String, Sendable, CaseIterable {
  /// Given by Plumb alone, when the observation says that the recommendation is met.
  case completed
  /// Nothing was decided: work to do.
  case toAddress
  /// There are plans to do it; counts in the planned score.
  case planned
  /// The rest of the risk is accepted; it earns nothing.
  case riskAccepted
  /// Dealt with by another product; earns all points.
  case resolvedThroughThirdParty
  /// Dealt with by another control; earns all points.
  case resolvedThroughAlternateMitigation

  /// The statuses that an `Exception` may give.
  package static let declarable: [Status] = [
    .planned, .riskAccepted, .resolvedThroughThirdParty, .resolvedThroughAlternateMitigation,
  ]

  /// Whether the organisation dealt with it where Plumb cannot see it.
  package var isResolvedElsewhere: Bool {
    self == .resolvedThroughThirdParty || self == .resolvedThroughAlternateMitigation
  }
}
