internal import Observation
internal import Posture

/// What counts for an instance now: its observation, the record, or nothing; and, where it is not
/// seen as it is now, why.
///
/// Observations and records count until `maxAge`. A failure to observe since then is told at once,
/// and changes no verdict until that time. Whoever reads the branch alone, without observations of
/// their own, sees the record.
struct Footing {
  enum Source {
    case observation(ObservationSummary, [String: Verdict], ImportedObservation?)
    case record
    case nothing
  }

  let source: Source
  let staleReason: StaleReason?

  init(
    of observation: InstanceObservation?, failure: FailedAttempt?, instance: Instance,
    recorded: Snapshot.Instance?, now: Instant
  ) {
    let record = recorded.flatMap { Self.stands($0, for: instance, now: now) ? $0 : nil }
    var seen: (ObservationSummary, [String: Verdict], ImportedObservation?)?
    /// Why there is nothing to judge, unless nothing was observed here.
    var trouble: StaleReason?
    var last = recorded?.observedAt
    switch observation {
    case .observed(let summary, let verdicts, let imported)?:
      last = max(summary.observedAt, last ?? summary.observedAt)
      if !instance.isTooOld(observedAt: summary.observedAt, now: now) {
        seen = (summary, verdicts, imported)
      }
    case .missing(let fault)?: trouble = .unreadable(fault)
    case .absent?, .carried?: break
    case nil: trouble = .notSought
    }
    // A failure that was overtaken by what was observed, here or elsewhere, says nothing any more. One of the
    // same second came after it: what is observed takes the place of a failure that is stored.
    let failed = failure.flatMap { attempt in
      last.map { attempt.at >= $0 } ?? true ? attempt.failure : nil
    }
    if let seen {
      source = .observation(seen.0, seen.1, seen.2)
    } else {
      source = record == nil ? .nothing : .record
    }
    let counts = seen != nil || record != nil
    // That there are no credentials here says nothing of the tenant while what is known counts.
    if let failed, failed.code != .noCredentials || !counts {
      // The same trouble again is no news, whatever the vendor writes into each answer.
      let known = recorded?.staleReason
      staleReason = known?.failure == failed.code ? known : .notObserved(failed)
    } else if seen != nil {
      staleReason = nil
    } else if let trouble {
      staleReason = trouble
    } else if let record {
      staleReason = record.staleReason
    } else if let earlier = recorded?.staleReason, earlier.failure != nil {
      staleReason = earlier
    } else {
      staleReason = last.map { .tooOld($0, maxAge: instance.maxAge) } ?? .neverObserved
    }
  }

  /// Whether recorded results stand in for an observation. They do until `maxAge`; then they are
  /// unknown.
  static func stands(_ recorded: Snapshot.Instance, for instance: Instance, now: Instant) -> Bool {
    recorded.observedAt.map { !instance.isTooOld(observedAt: $0, now: now) } ?? false
  }
}
