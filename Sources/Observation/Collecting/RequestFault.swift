/// Why a request of a collection brought nothing.
package struct RequestFault: Error, Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// The credentials are not accepted.
    case authentication
    /// They are accepted and do not suffice, or the feature is not licensed.
    case denied
    /// There is no such thing.
    case absent
    /// It was deleted since it was listed.
    case gone
    /// A rule says that there is nothing.
    case empty
    /// The vendor failed, for longer than retries last.
    case vendor
    /// The answer is not what the manifest expects.
    case shape
    /// A bound was passed.
    case limit
    /// The host may not be asked.
    case host
    case cancelled
  }

  package let kind: Kind
  package let message: String

  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  /// The same of something that no list had named before.
  var asAbsence: RequestFault { RequestFault(.absent, message) }

  /// More is to be kept of a collection's resources than there is room for.
  static func identities(_ limit: Int) -> RequestFault {
    RequestFault(
      .limit,
      "what is kept of its resources while it is read has more than \(limit) bytes, which is the limit"
    )
  }
}
