package import Text

/// Why an instance is not seen as it is now.
package enum StaleReason: Sendable, Hashable {
  /// It was to be observed, and could not be.
  case notObserved(Fault)
  /// What was observed of it can't be read, or does not count.
  case unreadable(Fault)
  /// When it was last observed, which is longer ago than `maxAge` seconds.
  case tooOld(Instant, maxAge: Int)
  /// The observation is not believed.
  case suspect(Suspicion)
  /// It was never observed.
  case neverObserved
  /// The desired state says that it is not to be observed: why, and the last day on which it is not.
  case suspended(String, until: CalendarDate)
  /// Nobody has looked for an observation of it.
  case notSought
  /// The sentence that an earlier version recorded, and what kept it from being observed, where that was tried.
  case text(String, Fault.Code?)

  /// What other programs tell reasons apart by.
  package enum Code: String, Sendable, CaseIterable {
    case notObserved, unreadable, tooOld, worse, emptied, neverObserved, suspended, notSought, text
  }

  /// The reason without its values; of a suspicion, its own code.
  package var code: Code {
    switch self {
    case .notObserved: .notObserved
    case .unreadable: .unreadable
    case .tooOld: .tooOld
    case .suspect(.worse): .worse
    case .suspect(.emptied): .emptied
    case .neverObserved: .neverObserved
    case .suspended: .suspended
    case .notSought: .notSought
    case .text: .text
    }
  }

  /// Why its observation is not believed; nil for every other reason.
  package var suspicion: Suspicion? {
    if case .suspect(let suspicion) = self { suspicion } else { nil }
  }

  /// Whether the desired state says so.
  package var isSuspension: Bool { code == .suspended }

  /// What kept it from being observed; nil where nothing is known to have.
  package var failure: Fault.Code? {
    switch self {
    case .notObserved(let fault): fault.code
    case .text(_, let code): code
    default: nil
    }
  }

  /// What went wrong, in observing it or in reading what was observed; nil where nothing did.
  package var fault: Fault.Code? {
    if case .unreadable(let fault) = self { fault.code } else { failure }
  }
}

/// Why an observation is not believed: it looks like an outage or a lost permission, not like a change of configuration.
package enum Suspicion: Sendable, Hashable {
  /// How many recommendations would get worse at once, and of how many.
  case worse(Int, of: Int)
  /// How many collections that had resources came back empty, and of how many.
  case emptied(Int, of: Int)
}
