internal import Connectors
internal import Observation
package import Posture
internal import YAML

/// One instance with the verdicts that count for it now: those of its observation, or those that
/// were recorded while it cannot be observed.
struct AssessedInstance {
  /// Whether an observation is believed.
  enum Belief {
    /// Unless it looks like an outage or a lost permission.
    case judged
    case given
    /// It is not, for a reason that was found before.
    case withheld(reason: String)
  }

  let instance: Instance
  /// What the organisation has decided for it, now.
  let decisions: Decisions
  let results: [RecommendationResult]
  let observedAt: Instant?
  let observationDigest: String?
  /// The time that conditions read as `now`.
  let judgedAt: Instant?
  let collections: [CollectionSummary]
  let staleReason: String?
  /// What kept it from being observed, where that was tried.
  let failure: ObservationFailure.Code?
  /// Why the observation is not believed.
  let suspicion: String?
  /// Microsoft Secure Score, where an observation that is believed has it.
  let secureScore: SecureScoreObservation?
  private let appTitle: String

  init(
    _ instance: Instance, desired: DesiredState, observation: InstanceObservation?,
    failure: FailedAttempt? = nil, recorded: Snapshot.Instance?, now: Instant,
    clock: Instant? = nil,
    belief: Belief
  ) {
    self.instance = instance
    appTitle = desired.connectors[instance.app.value]?.displayName ?? instance.app.value
    decisions = desired.decisions(on: instance, at: now)
    guard instance.recommendations else {
      results = []
      observedAt = nil
      observationDigest = nil
      judgedAt = nil
      collections = []
      staleReason = nil
      self.failure = nil
      suspicion = nil
      secureScore = nil
      return
    }
    let recommendations = desired.recommendations(of: instance.app.value)
    // What was recorded of another source, another tenant perhaps, stands for nothing here.
    let recorded = recorded.flatMap { earlier in
      earlier.recommendations && earlier.digest == instance.digest
        && !Self.isFuture(earlier, clock: clock) ? earlier : nil
    }
    let make = ResultMaker(
      instance: instance, recorded: recorded, decisions: decisions,
      fields: desired.fieldIndex(of: instance))
    let footing = Footing(
      of: observation, failure: failure, instance: instance, recorded: recorded, now: now)
    self.failure = footing.failure
    switch footing.source {
    case .observation(let summary, let verdicts, let imported):
      let fresh = recommendations.map { recommendation in
        make.result(
          recommendation,
          verdicts[recommendation.name] ?? Verdict(compliance: .unknown, reason: .notAssessed),
          isStale: footing.staleReason != nil, observedAt: summary.observedAt)
      }
      let doubt: String? =
        switch belief {
        case .judged: Suspicion.of(fresh, summary: summary, recorded: recorded)
        case .given: nil
        case .withheld(let reason): reason
        }
      if let doubt, let recorded {
        suspicion = doubt
        secureScore = nil
        let reason = "the observation is suspect: \(doubt)"
        staleReason = reason
        results =
          Footing.stands(recorded, for: instance, now: now)
          ? make.recordedResults(recommendations, reason: reason, isStale: true)
          : make.unknownResults(recommendations, reason: reason)
        observedAt = recorded.observedAt
        observationDigest = recorded.observationDigest
        judgedAt = recorded.judgedAt
        collections = recorded.collections
      } else {
        suspicion = nil
        secureScore = imported
        staleReason = footing.staleReason
        results = fresh
        observedAt = summary.observedAt
        observationDigest = summary.digest
        judgedAt = now
        collections = summary.collections
      }
    case .record, .nothing:
      suspicion = nil
      secureScore = nil
      staleReason = footing.staleReason
      observedAt = recorded?.observedAt
      observationDigest = recorded?.observationDigest
      judgedAt = recorded?.judgedAt
      collections = recorded?.collections ?? []
      if case .record = footing.source {
        results = make.recordedResults(
          recommendations, reason: footing.staleReason ?? Footing.unasked,
          isStale: footing.staleReason != nil)
      } else {
        results = make.unknownResults(
          recommendations, reason: footing.staleReason ?? Footing.neverObserved)
      }
    }
  }

  var standings: [Standing] { results.map(\.standing) }

  /// Whether it was recorded as observed at a time that is not yet: it would stand for ever.
  private static func isFuture(_ recorded: Snapshot.Instance, clock: Instant?) -> Bool {
    guard let clock, let observedAt = recorded.observedAt else { return false }
    return Plausibility.isFuture(observedAt, clock: clock)
  }

  func instancePlan(scores: [InitiativeScore], recorded: Snapshot) -> InstancePlan {
    var plan = InstancePlan(
      name: instance.name, app: instance.app.value, displayName: instance.displayName,
      appTitle: appTitle, labels: instance.labels, digest: instance.digest,
      recommendations: instance.recommendations,
      observedAt: observedAt, observationDigest: observationDigest, staleReason: staleReason,
      card: ScoreCard(standings), before: recorded.instances[instance.name]?.score,
      collections: collections,
      results: results.map { $0.placed(in: scores) }, mark: instance.mark)
    plan.failure = failure
    plan.judgedAt = judgedAt
    plan.breakGlass = instance.breakGlass
    return plan
  }
}

extension RecommendationResult {
  /// The same result with what completing it adds to each score.
  func placed(in scores: [InitiativeScore]) -> RecommendationResult {
    var result = self
    result.placements = scores.flatMap { score in
      score.impacts(of: standing).map { metric, impact in
        Placement(
          initiative: score.definition.name, initiativeTitle: score.definition.title,
          metric: metric, impact: impact)
      }
    }
    return result
  }
}

/// A length of time as people write it: `3d 4h`, `25m`.
package enum Age {
  package static func text(since: Instant, now: Instant) -> String {
    text(now.secondsSince1970 - since.secondsSince1970)
  }

  package static func text(_ seconds: Int) -> String {
    let seconds = max(0, seconds)
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60)
    if days > 0 { return hours > 0 && days < 10 ? "\(days)d \(hours)h" : "\(days)d" }
    if hours > 0 { return minutes > 0 ? "\(hours)h \(minutes)m" : "\(hours)h" }
    return minutes > 0 ? "\(minutes)m" : "\(seconds)s"
  }
}
