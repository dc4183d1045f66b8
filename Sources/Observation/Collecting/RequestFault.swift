internal import Posture

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
    /// The vendor failed, for longer than retries last, or cannot be reached.
    case vendor
    /// The vendor asked to come back later, more often than retries last.
    case throttled
    /// The vendor asked to come back later than anybody waits: a quota is spent.
    case quota
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

  /// What it means for an instance that brought nothing else.
  var code: ObservationFailure.Code {
    switch kind {
    case .authentication: .refused
    case .denied: .denied
    case .vendor: .unreachable
    case .throttled: .throttled
    case .quota, .limit: .quota
    case .absent, .gone, .empty, .shape, .host, .cancelled: .failed
    }
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
