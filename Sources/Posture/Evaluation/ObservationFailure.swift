/// Why an instance could not be observed.
package struct ObservationFailure: Sendable, Hashable {
  package let code: Code
  /// What happened, in one line: `the credentials are not accepted`.
  package let detail: String

  package init(_ code: Code, _ detail: String) {
    self.code = code
    self.detail = detail.bounded(to: Evaluator.Bounds.reason)
  }

  /// What kept Plumb from observing: what somebody has to do about it depends on it, and nothing else.
  package enum Code: String, Sendable, CaseIterable {
    /// Nothing was stored here yet.
    case absent
    /// There is nothing to prove with who asks.
    case noCredentials
    /// The vendor does not accept the credentials: revoked, expired, mistyped.
    case refused
    /// They are accepted, and allow nothing of what is asked for.
    case denied
    /// The vendor cannot be reached, or fails.
    case unreachable
    /// The vendor asks to come back later, more often than retries last.
    case throttled
    /// The vendor's quota, or one of Plumb's own bounds, is spent.
    case quota
    /// Another process is observing the instance.
    case busy
    /// Anything else.
    case failed

    /// One or two words for people.
    package var phrase: String {
      switch self {
      case .absent: "not observed yet"
      case .noCredentials: "no credentials"
      default: rawValue
      }
    }
  }

  /// `refused: the credentials are not accepted`, or the detail alone where the code says nothing.
  package var text: String { code == .failed ? detail : "\(code.phrase): \(detail)" }
}
