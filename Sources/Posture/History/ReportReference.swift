/// One report: a commit of the reports branch that recorded something.
package struct ReportReference: Sendable, Hashable {
  /// The commit's identifier, in hexadecimal.
  package let revision: String
  /// The time that counted as now when it was made.
  package let at: Instant
  /// The commit of the desired state that it was made of, in hexadecimal; nil where the message
  /// names none.
  package let desiredRevision: String?

  package init(revision: String, at: Instant, desiredRevision: String?) {
    self.revision = revision
    self.at = at
    self.desiredRevision = desiredRevision
  }
}

/// The whole days in UTC that a history covers; the last one ends at the time that counts as now.
package struct HistoryPeriod: Sendable, Hashable {
  /// The beginning of the first day.
  package let since: Instant
  /// The last moment that is shown.
  package let until: Instant

  /// So many days up to a moment, its own day among them; at least that one.
  package init(days: Int, until: Instant) {
    self.init(
      since: Instant(
        secondsSince1970: until.startOfDay.secondsSince1970 - (max(1, days) - 1) * 86_400),
      until: until)
  }

  /// From the day of one moment to another moment.
  package init(since: Instant, until: Instant) {
    self.since = since.startOfDay
    self.until = until
  }

  /// How many days there are, the last one counted though it is only begun.
  package var days: Int {
    max(0, (until.startOfDay.secondsSince1970 - since.secondsSince1970) / 86_400 + 1)
  }

  /// The beginning of each day.
  package var starts: [Instant] {
    (0..<days).map { Instant(secondsSince1970: since.secondsSince1970 + $0 * 86_400) }
  }
}

extension Instant {
  /// Midnight in UTC before it, or itself.
  package var startOfDay: Instant {
    let remainder = secondsSince1970 % 86_400
    return Instant(
      secondsSince1970: secondsSince1970 - (remainder < 0 ? remainder + 86_400 : remainder))
  }
}
