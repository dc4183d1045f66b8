package import Text
package import YAML

extension Instance {
  /// That an instance is not observed for a time: a tenant that moves, a vendor that asked for rest.
  package struct Suspension: Sendable, Hashable {
    /// Why.
    package internal(set) var reason = ""
    /// The last day, in UTC, on which it holds.
    package internal(set) var until: CalendarDate

    package init(reason: String, until: CalendarDate) {
      self.reason = reason
      self.until = until
    }

    /// Whether its last day is over.
    func isOver(at now: Instant) -> Bool {
      (until.daysSince1970 + 1) * 86_400 <= now.secondsSince1970
    }
  }

  /// The suspension that holds at a time; nil where none is declared, or its last day is over.
  package func suspension(at now: Instant) -> Suspension? {
    suspend.flatMap { $0.isOver(at: now) ? nil : $0 }
  }

  /// Whether it is not to be observed.
  package func isSuspended(at now: Instant) -> Bool { suspension(at: now) != nil }
}

extension Instance.Suspension: Described {
  package init(at node: Node) { until = .epoch }

  package static let fields: [Field<Self>] = [
    .required("reason", \.reason, .text, "Why it is not observed.", .neutral),
    .required("until", \.until, .date, "The last day on which it is not.", .suspendedUntil),
  ]
}
