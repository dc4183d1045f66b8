package import Posture

/// What keeps from seeing.
extension Phrases {
  /// Why an instance is not seen as it is now.
  package static func text(of reason: StaleReason) -> String {
    switch reason {
    case .notObserved(let fault): text(of: fault)
    case .unreadable(let fault): fault.detail
    case .tooOld(let observedAt, let maxAge):
      "the last observation, of \(observedAt), is older than maxAge \(Age.text(maxAge))"
    case .suspect(let suspicion): "the observation is suspect: \(text(of: suspicion))"
    case .neverObserved: "the instance has not been observed yet"
    case .suspended(let reason, let until): "suspended until \(until): \(reason)"
    case .notSought: "the instance has not been observed"
    case .text(let text, _): text
    }
  }

  static func text(of suspicion: Suspicion) -> String {
    switch suspicion {
    case .worse(let count, let total):
      "\(count) of \(total) recommendations would get worse at once"
    case .emptied(let count, let total): "\(count) of \(total) collections came back empty"
    }
  }

  /// That a collection is not complete, and why: `collection users is denied: HTTP 403`.
  static func text(of collection: CollectionSummary) -> String {
    "collection \(collection.name) is \(collection.state.rawValue)"
      + (collection.fault.map { ": \($0.detail)" } ?? "")
  }

  /// `refused: the credentials are not accepted`, or the detail alone where the code says nothing more.
  package static func text(of fault: Fault) -> String {
    word(for: fault.code).map { "\($0): \(fault.detail)" } ?? fault.detail
  }

  /// What somebody has to do about it depends on it, where it is of the instance as a whole.
  private static func word(for code: Fault.Code) -> String? {
    switch code {
    case .absent: "not observed yet"
    case .noCredentials: "no credentials"
    case .refusedCredentials: "refused"
    case .denied, .notLicensed: "denied"
    case .unreachable, .untrusted: "unreachable"
    case .throttled: "throttled"
    case .quotaSpent, .tooLarge, .timedOut: "quota"
    case .busy: "busy"
    case .otherSource, .otherTenant, .notFound, .gone, .malformed, .future, .misconfigured,
      .cancelled, .failed:
      nil
    }
  }
}
