/// A vendor's own recommendation, joined with what the desired state says.
package struct ImportedRecommendation: Sendable, Hashable {
  /// The recommendation, as the source has it.
  package let control: ImportedControl
  /// The source that recommends it.
  package let source: ImportedSource
  /// The name of the instance that it was read through, whose score it is in.
  package let reader: String
  /// The app that it speaks of; nil when Plumb has no name for it.
  package let app: String?
  /// The name of the instance that it speaks of; nil where that can't be told.
  package let instance: String?
  /// How the source scores it, in Plumb's words; `notApplicable` where it does not score it.
  package let compliance: Compliance
  /// Why that is unknown or not applicable; else nil.
  package let reason: Reason?
  /// What was decided, here or at the source; nil when it is not scored for the tenant.
  package let status: Status?
  /// The name of the exception that gave the status; nil when none did.
  package let exception: String?
  /// The native recommendations that are the same practice, and count in its place; empty for none.
  package let same: [SamePractice]

  package init(
    control: ImportedControl, source: ImportedSource, reader: String, app: String?,
    instance: String?, compliance: Compliance, reason: Reason?, status: Status?, exception: String?,
    same: [SamePractice]
  ) {
    self.control = control
    self.source = source
    self.reader = reader
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
    /// The instance's name.
    package let instance: String
    /// The native recommendation's name.
    package let recommendation: String

    package init(instance: String, recommendation: String) {
      self.instance = instance
      self.recommendation = recommendation
    }
  }

  /// Its name in exceptions and changes: `secure-score/AdminMFAV2`.
  package var name: String { source.prefix + control.id }

  /// The name of the instance that it is listed under.
  package var subject: String { instance ?? reader }

  /// Whether the source gives points for it.
  package var isScored: Bool { compliance != .notApplicable && !control.isDeprecated }

  /// Whether its points are in the total beside the native recommendations.
  package var isCounted: Bool { isScored && same.isEmpty && control.earned != nil }

  /// Whether it is not met, and nothing was decided about it.
  package var isOpen: Bool { isScored && status == .toAddress && compliance == .notCompliant }

  /// The points that are left to earn; never negative.
  package var remaining: ImportedPoints {
    ImportedPoints(
      hundredths: max(0, control.possible.hundredths - (control.earned?.hundredths ?? 0)))
  }

  /// `3.5 of 10 points`; nil when the source does not score it.
  package var points: String? {
    control.points.map { "\($0) points" }
  }

  /// Whether the left one is listed first: what is open comes first, then what brings most, then
  /// the smaller identifier.
  package static func comesFirst(_ left: Self, _ right: Self) -> Bool {
    if left.isOpen != right.isOpen { return left.isOpen }
    if left.remaining != right.remaining { return left.remaining > right.remaining }
    return (left.control.id, left.reader) < (right.control.id, right.reader)
  }
}
