/// Why an instance is not seen as it is now.
package enum StaleReason: Sendable, Hashable {
  /// It was to be observed, and could not be.
  case notObserved(Fault)
  /// What was observed of it can't be read, or does not count.
  case unreadable(Fault)
  /// The last observation, which is older than `maxAge` seconds.
  case tooOld(Instant, maxAge: Int)
  /// The observation is not believed.
  case suspect(Suspicion)
  /// It was never observed.
  case neverObserved
  /// Nobody has looked for an observation of it.
  case notSought
  /// The sentence that an earlier version recorded, and what kept it from being observed, where that was tried.
  case text(String, Fault.Code?)

  /// What other programs tell reasons apart by.
  package enum Code: String, Sendable, CaseIterable {
    case notObserved, unreadable, tooOld, worse, emptied, neverObserved, notSought, text
  }

  package var code: Code {
    switch self {
    case .notObserved: .notObserved
    case .unreadable: .unreadable
    case .tooOld: .tooOld
    case .suspect(.worse): .worse
    case .suspect(.emptied): .emptied
    case .neverObserved: .neverObserved
    case .notSought: .notSought
    case .text: .text
    }
  }

  /// Why there is an observation, and it is not believed.
  package var suspicion: Suspicion? {
    if case .suspect(let suspicion) = self { suspicion } else { nil }
  }

  /// What kept it from being observed, where that was tried.
  package var failure: Fault.Code? {
    switch self {
    case .notObserved(let fault): fault.code
    case .text(_, let code): code
    default: nil
    }
  }

  /// What kind of trouble it is, where something went wrong.
  package var fault: Fault.Code? {
    if case .unreadable(let fault) = self { fault.code } else { failure }
  }
}

/// Why an observation is not believed: it looks like an outage or a lost permission, not like a change of configuration.
package enum Suspicion: Sendable, Hashable {
  /// Recommendations that would get worse at once.
  case worse(Int, of: Int)
  /// Collections that had resources, and came back empty.
  case emptied(Int, of: Int)
}
