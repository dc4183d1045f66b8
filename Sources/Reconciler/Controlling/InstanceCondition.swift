internal import Posture

/// How the controller stands with an instance: of the five kinds exactly one holds at a time, so that none outvotes another.
package struct InstanceCondition: Sendable, Hashable {
  package let kind: Kind
  /// Why, for programs: a fault's code, `observed`, `neverObserved`, `suspended`, or a suspicion's code.
  package let reason: String
  /// Why, for people.
  package let message: String

  package enum Kind: String, Sendable, CaseIterable {
    /// It was observed when it was tried last, and what was seen counts.
    case ready = "Ready"
    /// It was not observed yet, or not when it was tried last, and that may pass: it is tried again.
    case reconciling = "Reconciling"
    /// It could not be observed, and stays so until somebody changes something.
    case stalled = "Stalled"
    /// The desired state says that it is not to be observed.
    case suspended = "Suspended"
    /// It was observed, and what was seen looks like an outage or a lost permission: it is held.
    case suspect = "Suspect"
  }

  /// Sums up what is known.
  ///
  /// - Parameters:
  ///   - suspension: Why it is not to be observed; nil where it is.
  ///   - failure: Why it could not be observed when it was tried last; nil where it was, or never tried.
  ///   - suspicion: Why what was seen is held; nil where it counts.
  static func summing(
    suspension: String?, failure: Fault?, suspicion: (code: String, text: String)?,
    isObserved: Bool
  ) -> InstanceCondition {
    if let suspension {
      return InstanceCondition(kind: .suspended, reason: "suspended", message: suspension)
    }
    if let failure {
      return InstanceCondition(
        kind: failure.code.remedy == .act ? .stalled : .reconciling,
        reason: failure.code.rawValue, message: failure.detail)
    }
    if let suspicion {
      return InstanceCondition(kind: .suspect, reason: suspicion.code, message: suspicion.text)
    }
    return isObserved
      ? InstanceCondition(kind: .ready, reason: "observed", message: "")
      : InstanceCondition(kind: .reconciling, reason: "neverObserved", message: "")
  }
}
