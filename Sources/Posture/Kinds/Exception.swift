package import Text
package import YAML

/// A decision about recommendations that are not met: accepted, planned, or resolved elsewhere.
package struct Exception: Sendable {
  package let name: String
  package let recommendations: [Located<String>]
  package let status: Status
  package let instances: InstanceSelector
  /// CEL over `resource`: the resources that are meant. Without it the whole recommendation is.
  package let resources: Located<String>?
  package let justification: String
  package let owner: String
  package let ticket: String?
  /// The last day (in UTC) on which the exception holds.
  package let expires: CalendarDate?
  package let mark: Mark
  /// The document's lines in its file, from 1: whom git blames for them.
  package let lines: ClosedRange<Int>
  package let expiresMark: Mark
  /// SHA-256 of the document's meaning.
  package let digest: String

  /// The first moment at which the exception no longer holds: the midnight after its last day.
  package var end: Instant? {
    expires.map { Instant(secondsSince1970: ($0.daysSince1970 + 1) * 86_400) }
  }

  package func isExpired(at now: Instant) -> Bool { end.map { $0 <= now } ?? false }

  /// Whether a risk is accepted, or something planned, until a day that begins later than so many
  /// seconds ahead. What is resolved elsewhere needs no end.
  package func isTooLong(at now: Instant, limit seconds: Int) -> Bool {
    guard status == .riskAccepted || status == .planned, let expires else { return false }
    return expires.daysSince1970 * 86_400 - now.secondsSince1970 > seconds
  }

  package func expiresSoon(at now: Instant, within seconds: Int) -> Bool {
    guard let end, end > now else { return false }
    return end.secondsSince1970 - now.secondsSince1970 <= seconds
  }
}
