package import Posture

/// What came of trying an instance's credentials without storing anything.
package struct CheckReport: Sendable, Hashable {
  package let instance: String
  /// Why the instance cannot be asked at all; nil when it can.
  package let failure: Fault?
  /// Sorted by name.
  package let collections: [Collection]
  /// What the credentials may do beyond what is needed, where the vendor shows it.
  package let surplus: [String]

  /// The host at which the vendor says that the account is, where the instance names another.
  package var elsewhere: String?
  /// Why it is not known where the account is: of code `misconfigured`, the vendor knows no such account.
  package var unplaced: Fault?
  /// Whether the vendor gave another refresh token, which nothing keeps.
  package var isForgetful = false

  package struct Collection: Sendable, Hashable {
    package let name: String
    package var outcome: Outcome
    /// What it needs, as the vendor names it.
    package let permissions: [String]
    /// Whether a recommendation reads it, or something that is read for it.
    package var isNeeded = true
  }

  package enum Outcome: Sendable, Hashable {
    case readable
    /// Nothing to try it with: it belongs to resources of which there are none.
    case untried
    case unreadable(Fault)

    /// The same with its fault as it may be told.
    func telling(_ gate: SecretGate) -> Outcome {
      if case .unreadable(let fault) = self { .unreadable(fault.of(gate.telling)) } else { self }
    }
  }

  /// Whether every collection that is needed can be read.
  package var isFine: Bool {
    failure == nil && elsewhere == nil && unplaced?.code != .misconfigured
      && collections.allSatisfy { !$0.isNeeded || [.readable, .untried].contains($0.outcome) }
  }
}
