/// Why something could not be read: what kind of trouble it is, and what happened.
package struct Fault: Error, Sendable, Hashable {
  /// The kind of trouble.
  package let code: Code
  /// What happened, for people, of at most ``Evaluator/Bounds/reason`` bytes: `the credentials are not accepted`.
  package let detail: String

  /// Takes the detail, cut to its bound.
  package init(_ code: Code, _ detail: String) {
    self.code = code
    self.detail = detail.bounded(to: Evaluator.Bounds.reason)
  }

  /// The kinds of trouble that somebody, or something, does different things about.
  ///
  /// Raw values are what stored observations, recorded states and the plan as JSON say.
  package enum Code: String, Sendable, CaseIterable {
    /// Nothing was stored here yet.
    case absent
    /// What is stored is of another source, or does not say of which.
    case otherSource
    /// Sources of one instance name different tenants.
    case otherTenant
    /// There is nothing to prove with who asks.
    case noCredentials
    /// The vendor does not accept the credentials: revoked, expired, mistyped.
    case refusedCredentials
    /// They are accepted, and do not suffice for what is asked for.
    case denied
    /// The tenant has not bought the feature that is asked for.
    case notLicensed
    /// The vendor has no such thing.
    case notFound
    /// The vendor has it no more: it was deleted since it was listed.
    case gone
    /// The vendor cannot be reached, or fails, for longer than retries last.
    case unreachable
    /// A certificate is not trusted, or a proxy lets nothing through.
    case untrusted
    /// The vendor asks to come back later, more often than retries last.
    case throttled
    /// The vendor's quota is spent: it asks to come back later than anybody waits.
    case quotaSpent
    /// One of Plumb's own bounds is passed: bytes, pages, requests, depth.
    case tooLarge
    /// The time that Plumb gives an instance is over.
    case timedOut
    /// An answer or a file is not what it is to be, or not whole.
    case malformed
    /// It says that it was observed at a time that is not yet.
    case future
    /// A parameter, a host or a file that is named is missing, ambiguous or not allowed.
    case misconfigured
    /// Another process is observing the instance.
    case busy
    /// Whoever runs Plumb stopped it.
    case cancelled
    /// Anything else; and what an earlier version wrote without a code, or a later one with a code of its own.
    case failed

    /// The code that a file names, which another version may have written.
    package init(recorded text: String?) {
      switch text {
      case "refused": self = .refusedCredentials
      case "quota": self = .quotaSpent
      default: self = text.flatMap(Code.init) ?? .failed
      }
    }

    /// What makes it pass.
    package var remedy: Remedy {
      switch self {
      case .absent, .otherSource, .gone, .unreachable, .timedOut, .busy, .cancelled, .failed: .retry
      case .throttled, .quotaSpent: .wait
      case .otherTenant, .noCredentials, .refusedCredentials, .denied, .notLicensed, .notFound,
        .untrusted,
        .tooLarge,
        .malformed, .future, .misconfigured:
        .act
      }
    }

    /// Whether whoever asks may not see it: what was asked for is there, and is not shown.
    package var isDenial: Bool { self == .denied || self == .notLicensed }
  }

  /// What is to be done about a fault.
  package enum Remedy: Sendable {
    /// It may pass by itself: observe again.
    case retry
    /// Observe again, and not before a good while.
    case wait
    /// It stays until somebody changes something: a credential, a permission, a declaration, a connector.
    case act
  }

  /// The same kind of trouble in other words.
  package func of(_ words: (String) -> String) -> Fault { Fault(code, words(detail)) }

  /// The same of something that no list had named before: it can't have been deleted since.
  package var asAbsence: Fault { code == .gone ? Fault(.notFound, detail) : self }
}
