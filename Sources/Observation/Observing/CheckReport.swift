package import Posture

/// What came of trying an instance's credentials without storing anything.
package struct CheckReport: Sendable, Hashable {
  /// The instance's name.
  package let instance: String
  /// Why the instance cannot be asked at all; nil when it can.
  package let failure: Fault?
  /// Sorted by name; empty when the instance cannot be asked at all.
  package let collections: [Collection]
  /// Permissions and scopes that the credentials have and nothing needs, sorted; empty where the
  /// vendor does not show them.
  package let surplus: [String]

  /// The host at which the vendor says that the account is; nil where that is the instance's, or
  /// the vendor does not say.
  package var elsewhere: String?
  /// Why it is not known where the account is; with the code `misconfigured`, these credentials
  /// have no such account.
  package var unplaced: Fault?
  /// Whether the vendor gave another refresh token, which nothing keeps.
  package var isForgetful = false

  /// What came of trying one collection.
  package struct Collection: Sendable, Hashable {
    /// The collection's name, as the vendor has it.
    package let name: String
    /// Whether its first page could be read.
    package var outcome: Outcome
    /// What it needs, as the vendor names it.
    package let permissions: [String]
    /// Whether a recommendation reads it, or something that is read for it.
    package var isNeeded = true
  }

  /// Whether a collection could be read.
  package enum Outcome: Sendable, Hashable {
    case readable
    /// There is nothing to try it with: it belongs to resources of which there are none.
    case untried
    case unreadable(Fault)

    /// The same outcome with its fault's secrets masked.
    func telling(_ gate: SecretGate) -> Outcome {
      if case .unreadable(let fault) = self { .unreadable(fault.of(gate.telling)) } else { self }
    }
  }

  /// Whether every needed collection can be read, and the account is where the instance says.
  package var isFine: Bool {
    failure == nil && elsewhere == nil && unplaced?.code != .misconfigured
      && collections.allSatisfy { !$0.isNeeded || [.readable, .untried].contains($0.outcome) }
  }
}
