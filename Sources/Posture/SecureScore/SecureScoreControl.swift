/// One control of Microsoft Secure Score: a recommendation of Microsoft's own, as one tenant's
/// observation shows it.
///
/// Everything in it comes from a tenant: hostile text.
package struct SecureScoreControl: Sendable, Hashable {
  /// As Microsoft names it: `AdminMFAV2`, `11770.MDA_Google_EnableTwoFactorAuth`.
  package let id: String
  package var title = ""
  /// The product, as Microsoft names it: `AzureAD`, `EXO`, `MDA_Okta`.
  package var service = ""
  package var category = ""
  package var tier = ""
  package var userImpact = ""
  package var implementationCost = ""
  package var threats: [String] = []
  /// Plain text: Microsoft's HTML without its markup. Empty in what was recorded.
  package var remediation = ""
  /// Where to do it.
  package var manage: String?
  package var isDeprecated = false
  package var possible = SecureScorePoints.zero
  /// Nil when Microsoft does not score the control for the tenant.
  package var earned: SecureScorePoints?
  /// How Microsoft says that it stands: `You have 1 of 9 users that …`.
  package var standing = ""
  package var decision = ControlDecision.none

  package init(id: String) { self.id = id }

  /// `3.5 of 10`; nil when Microsoft does not score it.
  package var points: String? { earned.map { "\($0) of \(possible)" } }

  /// The practice: the identifier without the number of the connection that it was found over.
  ///
  /// Recommendations for connected apps come once for each connection, `11770.MDA_Google_…`.
  package var practice: String {
    connection == nil ? id : String(id.drop { $0 != "." }.dropFirst())
  }

  /// Defender's number of the connection that the control was found over; nil when it has none.
  package var connection: String? {
    guard let dot = id.firstIndex(of: "."), dot != id.startIndex,
      id[..<dot].utf8.allSatisfy({ (48...57).contains($0) }), id.index(after: dot) != id.endIndex
    else { return nil }
    return String(id[..<dot])
  }

  /// Whether every point is earned.
  package var isComplete: Bool {
    earned.map { $0 >= possible && possible > .zero } ?? false
  }
}

/// What was read of one tenant's Secure Score.
package struct SecureScoreObservation: Sendable, Hashable {
  /// The day of the latest score; nil when there is none.
  package var scoredAt: Instant?
  package var current: SecureScorePoints?
  package var possible: SecureScorePoints?
  /// Sorted by identifier.
  package var controls: [SecureScoreControl] = []
  /// Why there are no controls, or no points.
  package var obstacle: String?

  package init() {}
}
