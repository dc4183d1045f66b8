/// Microsoft Secure Score in a plan: Microsoft's own recommendations, read through one instance, and
/// what the exceptions of the desired state would write into it.
package struct SecureScorePlan: Sendable {
  /// The instance whose Secure Score it is.
  package let instance: String
  package let scoredAt: Instant?
  /// Microsoft's own total.
  package let current: SecureScorePoints?
  package let possible: SecureScorePoints?
  /// Why there are no recommendations or points now; those that were recorded stand then.
  package let obstacle: String?
  /// Sorted by identifier.
  package var recommendations: [ImportedRecommendation]
  /// What is not as the exceptions say, in order of identifier.
  package var writes: [SecureScoreWrite]
  /// What came of writing, in order of identifier.
  package var records: [SecureScoreRecord]
  /// The total of those that count beside the native recommendations; a filter does not change it.
  package let counted: Total

  package init(
    instance: String, scoredAt: Instant?, current: SecureScorePoints?,
    possible: SecureScorePoints?, obstacle: String?, recommendations: [ImportedRecommendation],
    writes: [SecureScoreWrite], records: [SecureScoreRecord]
  ) {
    self.instance = instance
    self.scoredAt = scoredAt
    self.current = current
    self.possible = possible
    self.obstacle = obstacle
    self.recommendations = recommendations
    self.writes = writes
    self.records = records
    counted = Total(recommendations)
  }

  /// Points of imported recommendations that no native one stands for.
  ///
  /// A total of its own: none of it is in the score of an instance or initiative.
  package struct Total: Sendable, Hashable {
    package let earned: SecureScorePoints
    package let possible: SecureScorePoints
    /// Recommendations that count.
    package let count: Int
    /// Recommendations that are the same practice as a native one, and count there alone.
    package let same: Int

    init(_ recommendations: [ImportedRecommendation]) {
      let counted = recommendations.filter(\.isCounted)
      earned = counted.reduce(.zero) { $0 + ($1.control.earned ?? .zero) }
      possible = counted.reduce(.zero) { $0 + $1.control.possible }
      count = counted.count
      same = recommendations.count { !$0.same.isEmpty && $0.isScored }
    }
  }
}

/// One of Microsoft's own recommendations, joined with what the desired state says.
package struct ImportedRecommendation: Sendable, Hashable {
  package let control: SecureScoreControl
  /// The instance whose Secure Score it is in.
  package let source: String
  /// The app that it speaks of; nil when Plumb has no name for it.
  package let app: String?
  /// The instance that it speaks of, where that can be told.
  package let instance: String?
  package let compliance: Compliance
  package let reason: String?
  /// Nil when it is not scored for the tenant.
  package let status: Status?
  /// The exception that gave the status.
  package let exception: String?
  /// The native recommendations that are the same practice, and count in its place.
  package let same: [SamePractice]

  package init(
    control: SecureScoreControl, source: String, app: String?, instance: String?,
    compliance: Compliance, reason: String?, status: Status?, exception: String?,
    same: [SamePractice]
  ) {
    self.control = control
    self.source = source
    self.app = app
    self.instance = instance
    self.compliance = compliance
    self.reason = reason
    self.status = status
    self.exception = exception
    self.same = same
  }

  /// A native recommendation on an instance where it is assessed.
  package struct SamePractice: Sendable, Hashable {
    package let instance: String
    package let recommendation: String

    package init(instance: String, recommendation: String) {
      self.instance = instance
      self.recommendation = recommendation
    }
  }

  /// What names of imported recommendations begin with: no native one can be named so.
  package static let prefix = "secure-score/"

  /// The name in exceptions and changes: `secure-score/AdminMFAV2`.
  package var name: String { Self.prefix + control.id }

  /// The instance that it is listed under.
  package var subject: String { instance ?? source }

  /// Whether Microsoft gives points for it.
  package var isScored: Bool { compliance != .notApplicable && !control.isDeprecated }

  /// Whether its points are in the total beside the native recommendations.
  package var isCounted: Bool { isScored && same.isEmpty && control.earned != nil }

  /// Not met, and nothing was decided about it.
  package var isOpen: Bool { isScored && status == .toAddress && compliance == .notCompliant }

  /// What there is left to earn.
  package var remaining: SecureScorePoints {
    SecureScorePoints(
      hundredths: max(0, control.possible.hundredths - (control.earned?.hundredths ?? 0)))
  }

  /// `3.5 of 10 points`; nil when Microsoft does not score it.
  package var points: String? {
    control.points.map { "\($0) points" }
  }

  /// What is open and brings most comes first.
  package static func comesFirst(_ left: Self, _ right: Self) -> Bool {
    if left.isOpen != right.isOpen { return left.isOpen }
    if left.remaining != right.remaining { return left.remaining > right.remaining }
    return (left.control.id, left.source) < (right.control.id, right.source)
  }
}

/// Where a recommendation comes from.
package enum RecommendationSource: String, Sendable, CaseIterable {
  /// The catalog's and the repository's own.
  case native
  case microsoftSecureScore = "microsoft-secure-score"
}
