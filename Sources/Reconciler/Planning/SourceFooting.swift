internal import Observation
internal import Posture

/// What counts of one source now: what it has, what is recorded of it, or nothing; and, where it is not seen as
/// it is now, why.
struct SourceFooting {
  /// What this run found of a source.
  enum Found {
    /// What was read of it, at a time.
    case seen(Instant)
    /// It can't be read, for this reason.
    case missing(Fault)
    /// Nothing is stored of it here, or nobody was to look.
    case absent
    /// Nobody looked.
    case notSought
  }

  /// What verdicts stand on.
  enum Ground { case observation, record, nothing }

  let ground: Ground
  let staleReason: StaleReason?

  /// - Parameters:
  ///   - failure: The last failure to observe it.
  ///   - recorded: What is recorded of it.
  ///   - suspension: Why nobody is to look; nil where somebody is. What is known counts as ever.
  init(
    _ source: Instance.Source, _ found: Found, failure: FailedAttempt?, recorded: Snapshot.Source?,
    suspension: StaleReason? = nil, now: Instant
  ) {
    let record = recorded.flatMap { Self.stands($0, source, now: now) ? $0 : nil }
    var isSeen = false
    /// Why there is nothing to judge, unless nothing was observed here.
    var trouble: StaleReason?
    var last = recorded?.observedAt
    switch found {
    case .seen(let observedAt):
      last = max(observedAt, last ?? observedAt)
      isSeen = !source.isTooOld(observedAt: observedAt, now: now)
    case .missing(let fault): trouble = .unreadable(fault)
    case .absent: break
    case .notSought: trouble = .notSought
    }
    // A failure that was overtaken by what was observed, here or elsewhere, says nothing any more. One of the
    // same second came after it: what is observed takes the place of a failure that is stored.
    let failed = failure.flatMap { attempt in
      last.map { attempt.at >= $0 } ?? true ? attempt.failure : nil
    }
    ground = isSeen ? .observation : record == nil ? .nothing : .record
    // That there are no credentials here says nothing of the tenant while what is known counts.
    if let suspension {
      staleReason = suspension
    } else if let failed, failed.code != .noCredentials || ground == .nothing {
      // The same trouble again is no news, whatever the vendor writes into each answer.
      let known = recorded?.staleReason
      staleReason = known?.failure == failed.code ? known : .notObserved(failed)
    } else if isSeen {
      staleReason = nil
    } else if let trouble {
      staleReason = trouble
    } else if let record {
      // A suspension that is over says nothing any more.
      staleReason = record.staleReason.flatMap { $0.isSuspension ? nil : $0 }
    } else if let earlier = recorded?.staleReason, earlier.failure != nil {
      staleReason = earlier
    } else {
      staleReason = last.map { .tooOld($0, maxAge: source.maxAge) } ?? .neverObserved
    }
  }

  /// Whether what is recorded of a source counts. It does until `maxAge`.
  static func stands(_ recorded: Snapshot.Source, _ source: Instance.Source, now: Instant) -> Bool {
    recorded.observedAt.map { !source.isTooOld(observedAt: $0, now: now) } ?? false
  }
}
