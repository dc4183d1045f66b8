internal import Connectors
internal import Observation
internal import Posture
internal import YAML

/// One instance with the verdicts that count now: those of its observation, or the recorded ones
/// while it cannot be observed.
struct AssessedInstance {
  /// Whether an observation is believed.
  enum Belief {
    /// It is, unless it looks like an outage or a lost permission.
    case judged
    case given
    /// It is not: the base's plan already found it suspect.
    case withheld(Suspicion)
  }

  let instance: Instance
  /// The decisions of the organisation that hold for it now.
  let decisions: Decisions
  private(set) var state: Snapshot.Instance
  /// Whether it stands as recorded, because this run is not about it.
  private(set) var isCarried = false
  /// The imported score; nil unless a believed observation has one.
  private(set) var imported: ImportedObservation?

  init(
    _ instance: Instance, desired: DesiredState, observation: InstanceObservation?,
    failure: FailedAttempt? = nil, recorded: Snapshot.Instance?, now: Instant,
    clock: Instant? = nil, belief: Belief
  ) {
    self.instance = instance
    decisions = desired.decisions(on: instance, at: now)
    state = Snapshot.Instance(
      name: instance.name, app: instance.app.value, displayName: instance.displayName,
      recommendations: instance.recommendations, digest: instance.digest, observedAt: nil,
      observationDigest: nil, collections: [], staleReason: nil, results: [])
    state.appTitle = desired.connectors[instance.app.value]?.displayName
    state.labels = instance.labels
    state.breakGlass = instance.breakGlass
    guard instance.recommendations else { return }
    let recommendations = desired.recommendations(of: instance.app.value)
    // What was recorded of another source, another tenant perhaps, stands for nothing here.
    let recorded = recorded.flatMap { earlier in
      earlier.recommendations && earlier.digest == instance.digest
        && !Self.isFuture(earlier, clock: clock) ? earlier : nil
    }
    if case .carried? = observation, let recorded,
      instance.sources.allSatisfy({ source in
        let standing = recorded.standing(of: source)
        return SourceFooting.stands(standing, source, now: now)
          || instance.sources.count > 1 && standing.staleReason != nil
      }), Footing.stands(recorded, for: instance, now: now)
    {
      state = recorded
      isCarried = true
      return
    }
    let make = ResultMaker(
      recorded: recorded, decisions: decisions,
      fields: desired.fieldIndex(of: instance, observation?.summary?.collections ?? []),
      notAvailable: desired.notAvailable(of: instance.app.value))
    let footing = Footing(
      of: observation, failure: failure, instance: instance, recorded: recorded, now: now)
    state.staleReason = footing.staleReason
    state.sources = footing.sources
    let stands = { (earlier: Snapshot.Result) in
      recorded.map { Footing.stands(earlier, in: $0, for: instance, now: now) } ?? false
    }
    switch footing.source {
    case .observation(let summary, let verdicts, let imported):
      let (collections, kept) = footing.collections(of: summary, recorded: recorded)
      let fresh = recommendations.map { recommendation in
        let seen =
          verdicts[recommendation.name] ?? Verdict(compliance: .unknown, reason: .notAssessed)
        let earlier = recorded?.results[recommendation.name]
        if let earlier, earlier.digest == recommendation.digest,
          footing.keeps(earlier, kept, for: seen)
        {
          return make.result(
            recommendation, earlier.verdict,
            observedAt: footing.observedAt(Set(earlier.verdict.sources.values)))
        }
        let verdict = footing.explained(seen, kept) { collection, name in
          instance.source(named: name).map {
            desired.delivers(collection, $0, app: instance.app.value)
          } ?? false
        }
        return make.result(
          recommendation, verdict,
          observedAt: verdict.sources.isEmpty
            ? summary.observedAt
            : footing.observedAt(Set(verdict.sources.values)) ?? summary.observedAt)
      }
      let doubt: Suspicion? =
        switch belief {
        case .judged: Suspicion.of(fresh, collections: collections, recorded: recorded)
        case .given: nil
        case .withheld(let suspicion): suspicion
        }
      if let doubt, let recorded {
        state.staleReason = .suspect(doubt)
        state.sources = recorded.sources
        let reason = Reason.unseen(.suspect(doubt))
        stand(on: recorded, make.recordedResults(recommendations, reason: reason, stands: stands))
      } else {
        self.imported = imported
        state.results = ByName(fresh)
        state.observedAt = footing.observedAt() ?? summary.observedAt
        state.observationDigest = footing.digest(of: summary, isAlone: kept.isEmpty)
        state.judgedAt = now
        state.collections = collections
        state.cost = summary.requests.map(FleetCost.rounded)
      }
    case .record:
      stand(
        on: recorded,
        make.recordedResults(
          recommendations, reason: footing.staleReason.map(Reason.unseen) ?? .unanswered,
          stands: stands))
    case .nothing:
      stand(
        on: recorded,
        make.unknownResults(
          recommendations, reason: .unseen(footing.staleReason ?? .neverObserved)))
    }
  }

  /// Takes times and collections from the record, as far as there is one, and these results.
  private mutating func stand(on recorded: Snapshot.Instance?, _ results: [Snapshot.Result]) {
    state.results = ByName(results)
    state.observedAt = recorded?.observedAt
    state.observationDigest = recorded?.observationDigest
    state.judgedAt = recorded?.judgedAt
    state.collections = recorded?.collections ?? []
    state.cost = recorded?.cost
  }

  /// Whether the record says that it was observed in the future: it would stand for ever.
  private static func isFuture(_ recorded: Snapshot.Instance, clock: Instant?) -> Bool {
    guard let clock, let observedAt = recorded.observedAt else { return false }
    return Plausibility.isFuture(observedAt, clock: clock)
  }
}
