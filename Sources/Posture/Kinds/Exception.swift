package import Text
package import YAML

/// A decision about recommendations that are not met: accepted, planned, or resolved elsewhere.
package struct Exception: Sendable {
  /// The document's name.
  package let name: String
  /// The names of the recommendations that it is about, with their places.
  package private(set) var recommendations: [Located<String>] = []
  /// What it makes of the results that it covers.
  package private(set) var status = Status.planned
  /// The instances that it holds on.
  package private(set) var instances = InstanceSelector.names([])
  /// CEL over `resource`: the resources that are meant. Without it the whole recommendation is.
  package private(set) var resources: Located<String>?
  /// Why it was decided so.
  package private(set) var justification = ""
  /// Who answers for it.
  package private(set) var owner = ""
  /// Where the work is tracked; nil where none is named.
  package private(set) var ticket: String?
  /// The last day (in UTC) on which the exception holds.
  package private(set) var expires: CalendarDate?
  /// Where the document's name stands.
  package let mark: Mark
  /// The document's lines in its file, from 1: whom git blames for them.
  package let lines: ClosedRange<Int>
  /// Where `expires` is written; the document's name where it is not.
  package private(set) var expiresMark: Mark
  /// SHA-256 of the document's meaning; empty where a desired state is only checked.
  package let digest: String

  /// The first moment at which the exception no longer holds: the midnight after its last day.
  package var end: Instant? {
    expires.map { Instant(secondsSince1970: ($0.daysSince1970 + 1) * 86_400) }
  }

  /// Whether its last day (in UTC) is over; never without one.
  package func isExpired(at now: Instant) -> Bool { end.map { $0 <= now } ?? false }

  /// Whether a risk is accepted, or something planned, until a day that begins later than so many
  /// seconds ahead. What is resolved elsewhere needs no end.
  package func isTooLong(at now: Instant, limit seconds: Int) -> Bool {
    expires.map { Self.isTooLong(status, until: $0, at: now, limit: seconds) } ?? false
  }

  /// The same of what is asked of it: there may be thousands, and each is large.
  static func isTooLong(
    _ status: Status, until expires: CalendarDate, at now: Instant, limit seconds: Int
  ) -> Bool {
    expires.daysSince1970 * 86_400 - now.secondsSince1970 > seconds && temporary.contains(status)
  }

  /// Whether it still holds, and ends within so many seconds.
  package func expiresSoon(at now: Instant, within seconds: Int) -> Bool {
    guard let end, end > now else { return false }
    return end.secondsSince1970 - now.secondsSince1970 <= seconds
  }
}

extension Exception: Kind {
  package static let summary = "A decision about recommendations that are not met."

  package static let example = """
    recommendation: okta-mfa-required
    status: riskAccepted
    instances: [okta-eu]
    justification: The kiosk accounts have no phone; the network is closed.
    owner: identity@contoso.example
    expires: 2027-03-31
    """

  /// What is decided for a time only.
  private static let temporary: [Status] = [.riskAccepted, .planned]

  package static let fields: [Field<Exception>] = [
    .recommendationNames(
      \.recommendations,
      "The name of the one recommendation that is meant; secure-score/<control> for one of Microsoft's own, read from Secure Score.",
      .covered),
    .required(
      "status", \.status, .declarableStatus, "What the organisation has decided.", .decision),
    .required(
      "instances", \.instances, .instances,
      "Where it holds; nothing is accepted everywhere by omission.", .accepted),
    .optional(
      "resources", \.resources, .located(.text),
      "CEL over resource: which resources are meant; without it the whole recommendation is.",
      .coming(.strengthens, going: .weakens),
      isDecisive: true),
    .required("justification", \.justification, .text, "Why.", .neutral),
    .required("owner", \.owner, .text, "Who answers for it.", .neutral),
    .optional("ticket", \.ticket, .text, "Where it was decided.", .neutral),
    .optional(
      "expires", \.expires, .date,
      "The last day on which it holds; required for riskAccepted and planned.", .expires,
      isDecisive: true),
    .check(.required("expires", where: "status", isOneOf: temporary.map(\.rawValue))) {
      exception, fields in
      if let node = fields.node("expires") {
        exception.expiresMark = node.mark
      } else if let status = fields.node("status")?.scalar.flatMap(Status.init(rawValue:)),
        temporary.contains(status)
      {
        fields.error(
          "missing field 'expires': \(status.rawValue) is for a time, write the last day")
      }
    },
  ]

  package static let changed = Change.Kind.exceptionChanged
  package static let differences: [FieldDifference] = [
    .exceptionItself, .neutral(of: "metadata.labels"),
  ]

  package init(_ envelope: Envelope) {
    self.init(
      name: envelope.name.value, mark: envelope.name.mark,
      lines: envelope.root.mark.line...max(envelope.root.mark.line, envelope.root.end.line),
      expiresMark: envelope.name.mark,
      digest: envelope.makesDigest ? envelope.spec.meaningDigest : "")
  }
}

extension NodeDecoder where Value == Status {
  fileprivate static var declarableStatus: NodeDecoder<Status> {
    let allowed = Status.declarable.map(\.rawValue)
    return .choice(of: Status.self).checked { status in
      Status.declarable.contains(status)
        ? nil
        : "'\(status.rawValue)' is not decided by an exception; allowed: "
          + allowed.joined(separator: ", ")
    }.described(shape: .choice(allowed))
  }
}

extension Field {
  /// `recommendation: name` or `recommendations: [name, …]`.
  static func recommendationNames(
    _ property: Property<[Located<String>]>, _ description: String,
    _ difference: FieldDifference
  ) -> Field {
    .exactlyOne([
      .required(
        "recommendation", property, NodeDecoder<Located<String>>.located(.string).map { [$0] },
        description, difference),
      .required(
        "recommendations", property, .nonEmptyList(of: .located(.string)),
        "The names of the recommendations that are meant.", difference),
    ])
  }
}
