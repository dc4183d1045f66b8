/// A vendor's own recommendation, joined with what the desired state says.
package struct ImportedRecommendation: Sendable, Hashable {
  package let control: ImportedControl
  package let source: ImportedSource
  /// The instance that it was read through, whose score it is in.
  package let reader: String
  /// The app that it speaks of; nil when Plumb has no name for it.
  package let app: String?
  /// The instance that it speaks of, where that can be told.
  package let instance: String?
  package let compliance: Compliance
  package let reason: Reason?
  /// Nil when it is not scored for the tenant.
  package let status: Status?
  /// The exception that gave the status.
  package let exception: String?
  /// The native recommendations that are the same practice, and count in its place.
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
    package let instance: String
    package let recommendation: String

    package init(instance: String, recommendation: String) {
      self.instance = instance
      self.recommendation = recommendation
    }
  }

  /// The name in exceptions and changes: `secure-score/AdminMFAV2`.
  package var name: String { source.prefix + control.id }

  /// The instance that it is listed under.
  package var subject: String { instance ?? reader }

  /// Whether the source gives points for it.
  package var isScored: Bool { compliance != .notApplicable && !control.isDeprecated }

  /// Whether its points are in the total beside the native recommendations.
  package var isCounted: Bool { isScored && same.isEmpty && control.earned != nil }

  /// Not met, and nothing was decided about it.
  package var isOpen: Bool { isScored && status == .toAddress && compliance == .notCompliant }

  /// What there is left to earn.
  package var remaining: ImportedPoints {
    ImportedPoints(
      hundredths: max(0, control.possible.hundredths - (control.earned?.hundredths ?? 0)))
  }

  /// `3.5 of 10 points`; nil when the source does not score it.
  package var points: String? {
    control.points.map { "\($0) points" }
  }

  /// What is open and brings most comes first.
  package static func comesFirst(_ left: Self, _ right: Self) -> Bool {
    if left.isOpen != right.isOpen { return left.isOpen }
    if left.remaining != right.remaining { return left.remaining > right.remaining }
    return (left.control.id, left.reader) < (right.control.id, right.reader)
  }
}
