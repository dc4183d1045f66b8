package import YAML

/// What the posture is, how it differs from what was recorded, and what apply will write.
///
/// The typed list of differences between the recorded state and desired × observed. Values only:
/// the same inputs give the same plan.
package struct Plan: Sendable {
  package var desired: DesiredReference
  /// The desired state that this one is compared with, when `--base` names one.
  package var base: DesiredReference?
  /// The commit whose recorded state the plan starts from; nil when there is none yet.
  package var recordedRevision: String?
  package var at: Instant
  package var initiatives: [InitiativePlan]
  /// Sorted by name.
  package var instances: [InstancePlan]
  package var exceptions: [ExceptionPlan]
  /// The recommendations that the repository has switched off, sorted.
  package var disabled: [String]
  package var changes: [Change]
  package var events: [Event]
  package var gates: [Gate]
  /// Whether apply would write a commit: something changed, or the record is to be renewed.
  package var wouldCommit: Bool
  /// What apply renews in the record although nothing changed.
  package var renewal = Renewal()
  /// Microsoft's own recommendations, by the instance they were read through, sorted by its name.
  package var secureScores: [SecureScorePlan] = []
  /// Where the data of instances comes from that is recorded in the repository or exported into it, for
  /// those whose data is another than the recorded one.
  package var dataOrigins: [String: DataOrigin] = [:]
  /// What the change weakens, where two desired states are compared; nil where nothing is.
  package var weakening: Weakening?

  package init(
    desired: DesiredReference, base: DesiredReference?, recordedRevision: String?, at: Instant,
    initiatives: [InitiativePlan], instances: [InstancePlan], exceptions: [ExceptionPlan],
    disabled: [String] = [], changes: [Change], events: [Event], gates: [Gate], wouldCommit: Bool
  ) {
    self.desired = desired
    self.base = base
    self.recordedRevision = recordedRevision
    self.at = at
    self.initiatives = initiatives
    self.instances = instances
    self.exceptions = exceptions
    self.disabled = disabled
    self.changes = changes
    self.events = events
    self.gates = gates
    self.wouldCommit = wouldCommit
  }

  /// Whether posture or control changed, or nothing was recorded before. A newer look at the same
  /// posture is no change, although apply may renew the record.
  package var hasChanges: Bool { !changes.isEmpty || base == nil && recordedRevision == nil }

  /// Whether any gate ends the run with exit code 3.
  package var failsGate: Bool { gates.contains(where: \.stops) }
}

/// Which commit brought data that lies in the repository.
package enum DataOrigin: Sendable, Hashable {
  case commit(ExceptionPlan.Origin.Commit)
  /// It lies in the working tree, and in no commit.
  case uncommitted
}

/// Which desired state a plan is about.
package struct DesiredReference: Sendable, Hashable {
  /// The commit; nil when the working tree was read.
  package let revision: String?
  /// The folder, relative to the repository's root.
  package let path: String
  /// SHA-256 of the files read.
  package let digest: String

  package init(revision: String?, path: String, digest: String) {
    self.revision = revision
    self.path = path
    self.digest = digest
  }
}

/// One tracked initiative in a plan.
package struct InitiativePlan: Sendable {
  package let score: InitiativeScore
  /// The recorded score; nil when it was not recorded.
  package let before: Fraction?
  /// The recorded values by metric.
  package let metricsBefore: [String: Fraction]
  package let description: String

  /// - Parameter before: The score of the same name that was recorded.
  package init(score: InitiativeScore, before: InitiativeScore?, description: String) {
    self.score = score
    self.before = before?.score
    metricsBefore = before?.values ?? [:]
    self.description = description
  }

  package var name: String { score.definition.name }

  /// The score less the recorded one, exact; nil where there is nothing to compare. A score that is
  /// lost fell by all that it was.
  package var movement: Fraction? { before.map { (score.score ?? .zero) - $0 } }

  /// Whether it had a score, and has another or none now.
  package var hasMoved: Bool { before != nil && before != score.score }
}

extension [InitiativePlan] {
  /// The biggest fall first, then what rose, then what did not move, each in the declared order.
  package var fallsFirst: [InitiativePlan] {
    func rank(_ item: InitiativePlan) -> Int {
      guard let movement = item.movement, movement != .zero else { return 2 }
      return movement < .zero ? 0 : 1
    }
    return enumerated().sorted { left, right in
      let ranks = (rank(left.element), rank(right.element))
      if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
      let moves = (left.element.movement ?? .zero, right.element.movement ?? .zero)
      if ranks.0 == 0, moves.0 != moves.1 { return moves.0 < moves.1 }
      return left.offset < right.offset
    }.map(\.element)
  }
}

/// One instance in a plan.
package struct InstancePlan: Sendable {
  package let name: String
  package let app: String
  package let displayName: String
  /// The app's own name, for people.
  package let appTitle: String
  package let labels: [String: String]
  /// The digest of its declaration.
  package let digest: String
  package let recommendations: Bool
  package let observedAt: Instant?
  package let observationDigest: String?
  /// Why what stands is not what was observed now: the instance could not be observed, or its
  /// observation is suspect. Nil when the observation is fresh.
  package let staleReason: String?
  /// What kept it from being observed, where that was tried.
  package var failure: ObservationFailure.Code?
  package let card: ScoreCard
  package let before: Fraction?
  package let collections: [CollectionSummary]
  /// Sorted by recommendation.
  package var results: [RecommendationResult]
  /// The time that conditions read as `now`; nil where nothing was judged.
  package var judgedAt: Instant?
  /// The accounts and groups that are kept for emergencies, as they are declared.
  package var breakGlass: [Instance.BreakGlass] = []
  /// Where its document's name stands in the desired state. Formats that point at a line do so here;
  /// what is recorded, and what a saved plan is compared by, does not depend on it.
  package let mark: Mark?

  package init(
    name: String, app: String, displayName: String, appTitle: String, labels: [String: String],
    digest: String, recommendations: Bool, observedAt: Instant?, observationDigest: String?,
    staleReason: String?,
    card: ScoreCard, before: Fraction?, collections: [CollectionSummary],
    results: [RecommendationResult], mark: Mark? = nil
  ) {
    self.name = name
    self.app = app
    self.displayName = displayName
    self.appTitle = appTitle
    self.labels = labels
    self.digest = digest
    self.recommendations = recommendations
    self.observedAt = observedAt
    self.observationDigest = observationDigest
    self.staleReason = staleReason
    self.card = card
    self.before = before
    self.collections = collections
    self.results = results
    self.mark = mark
  }

  package var isStale: Bool { staleReason != nil }
}

/// One recommendation on one instance in a plan.
package struct RecommendationResult: Sendable {
  package let instance: String
  package let recommendation: Recommendation
  /// What was observed.
  package let verdict: Verdict
  /// What counts of it, and is shown.
  package let decision: Decision
  /// Whether it is what was recorded, not what was observed now.
  package let isStale: Bool
  /// Since when the compliance is what it is: the time of the observation that first showed it.
  package let since: Instant?
  /// What completing it adds to each metric's initiative, for those that count it.
  package var placements: [Placement]
  /// Where to fix it, with the instance's parameters filled in.
  package let manage: String?
  /// Why the compliance became what it is, as far as it was recorded.
  package var cause: Change.Cause?
  /// Why resources joined or left the affected ones when they last did.
  package var affectedCause: Change.Cause?

  package init(
    instance: String, recommendation: Recommendation, verdict: Verdict, decision: Decision,
    isStale: Bool, since: Instant?, placements: [Placement], manage: String?
  ) {
    self.instance = instance
    self.recommendation = recommendation
    self.verdict = verdict
    self.decision = decision
    self.isStale = isStale
    self.since = since
    self.placements = placements
    self.manage = manage
  }

  package struct Placement: Sendable {
    package let initiative: String
    package let initiativeTitle: String
    package let metric: String
    /// Percentage points of the initiative's score.
    package let impact: Fraction

    package init(initiative: String, initiativeTitle: String, metric: String, impact: Fraction) {
      self.initiative = initiative
      self.initiativeTitle = initiativeTitle
      self.metric = metric
      self.impact = impact
    }
  }

  package var status: Status? { decision.status }
  /// The exception that gave the status.
  package var exception: String? { decision.exception }

  package var standing: Standing {
    Standing(
      instance: instance, recommendation: recommendation.name, points: recommendation.points,
      decision: decision)
  }

  /// What completing it adds to one initiative, over all its metrics.
  package func impact(on initiative: String) -> Fraction {
    .sum(placements.lazy.filter { $0.initiative == initiative }.map(\.impact))
  }

  /// The initiative that gains most, by name where two gain the same.
  package var greatestImpact: (initiative: String, title: String, impact: Fraction)? {
    var best: (initiative: String, title: String, impact: Fraction)?
    for placement in placements.sorted(by: { $0.initiative < $1.initiative }) {
      let total = impact(on: placement.initiative)
      if best == nil || total > best?.impact ?? .zero {
        best = (placement.initiative, placement.initiativeTitle, total)
      }
    }
    return best
  }

  /// The order of work: danger before gain. The recommendation's impact first, then what completing
  /// it adds where it adds most, then lower cost, then lower user impact, then name.
  package static func comesFirst(_ left: RecommendationResult, _ right: RecommendationResult)
    -> Bool
  {
    comesFirst(left, right, by: { $0.greatestImpact?.impact ?? .zero })
  }

  /// The same order by what completing them adds to one initiative.
  package static func comesFirst(
    _ left: RecommendationResult, _ right: RecommendationResult,
    by impact: (RecommendationResult) -> Fraction
  ) -> Bool {
    let (a, b) = (left.recommendation, right.recommendation)
    if a.impact != b.impact { return a.impact > b.impact }
    let gains = (impact(left), impact(right))
    if gains.0 != gains.1 { return gains.0 > gains.1 }
    let points = (left.standing.remaining, right.standing.remaining)
    if points.0 != points.1 { return points.0 > points.1 }
    if a.implementationCost != b.implementationCost {
      return a.implementationCost < b.implementationCost
    }
    if a.userImpact != b.userImpact { return a.userImpact < b.userImpact }
    return (a.name, left.instance) < (b.name, right.instance)
  }
}
