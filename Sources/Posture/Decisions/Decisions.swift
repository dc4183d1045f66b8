internal import Text
internal import YAML

/// What the organisation has decided for one instance at one time: its exceptions that hold then, chosen once.
package struct Decisions: Sendable {
  /// By recommendation, each sorted by name.
  private let exceptions: [String: [Exception]]

  /// Keeps the exceptions that hold at a time.
  ///
  /// - Parameter exceptions: Those about the instance, sorted by name.
  package init(_ exceptions: [Exception], at now: Instant) {
    var holding: [String: [Exception]] = [:]
    for exception in exceptions where !exception.isExpired(at: now) {
      for name in exception.recommendations { holding[name.value, default: []].append(exception) }
    }
    self.exceptions = holding
  }

  /// Whether no exception about the instance holds.
  package var isEmpty: Bool { exceptions.isEmpty }

  /// What is decided about a verdict.
  ///
  /// - Parameter omitted: The name of an exception that is to count as not declared.
  package func decision(
    on verdict: Verdict, of recommendation: String, without omitted: String? = nil
  ) -> Decision {
    guard let holding = exceptions[recommendation] else { return Decision(verdict) }
    let about = holding.filter { $0.resources != nil && $0.name != omitted }
    return Decision(
      verdict,
      holding: Dictionary(firstOf: about.map { ($0.name, $0.status) }),
      whole: whole(recommendation, without: omitted))
  }

  /// The exception that decides about a recommendation as a whole; nil when none holds.
  ///
  /// - Parameter omitted: The name of an exception that is to count as not declared.
  package func whole(_ recommendation: String, without omitted: String? = nil) -> Exception? {
    Self.strongest(
      of: (exceptions[recommendation] ?? []).filter { $0.resources == nil && $0.name != omitted })
  }

  /// Of several exceptions, the one that decides: what claims the risk is gone comes before what
  /// accepts it, and that before what plans; then the first by name. Nil for none.
  package static func strongest(of exceptions: [Exception]) -> Exception? {
    let order: [Status] = [
      .resolvedThroughThirdParty, .resolvedThroughAlternateMitigation, .riskAccepted, .planned,
    ]
    func rank(_ exception: Exception) -> Int {
      order.firstIndex(of: exception.status) ?? order.count
    }
    return exceptions.min { (rank($0), $0.name) < (rank($1), $1.name) }
  }
}

extension DesiredState {
  /// What is decided for an instance at a time.
  package func decisions(on instance: Instance, at now: Instant) -> Decisions {
    Decisions(exceptions(for: instance), at: now)
  }
}
