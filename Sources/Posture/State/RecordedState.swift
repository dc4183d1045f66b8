/// What the last apply wrote down: the state that a plan is the difference to.
package struct RecordedState: Sendable {
  /// Tracked initiatives as they were resolved.
  package var initiatives: [InitiativeDefinition]
  /// By name.
  package var instances: [String: RecordedInstance]
  /// By name.
  package var exceptions: [String: RecordedException]
  /// The names of the recommendations that the repository had switched off.
  package var disabled: Set<String>
  /// Microsoft Secure Score, by the instance it was read through.
  package var secureScores: [String: RecordedSecureScore] = [:]
  /// Whether anything was recorded; a report of nothing is a report.
  package var isReport = true

  package init(
    initiatives: [InitiativeDefinition], instances: [String: RecordedInstance],
    exceptions: [String: RecordedException], disabled: Set<String> = []
  ) {
    self.initiatives = initiatives
    self.instances = instances
    self.exceptions = exceptions
    self.disabled = disabled
  }

  /// What stands before the first report.
  package static let empty = {
    var state = RecordedState(initiatives: [], instances: [:], exceptions: [:])
    state.isReport = false
    return state
  }()

  /// What apply would record of a plan.
  package init(_ plan: Plan) {
    self.init(
      initiatives: plan.initiatives.map(\.score.definition),
      instances: Dictionary(
        plan.instances.map { ($0.name, RecordedInstance($0)) },
        uniquingKeysWith: { first, _ in first }),
      exceptions: Dictionary(
        plan.exceptions.map {
          (
            $0.exception.name,
            RecordedException(digest: $0.exception.digest, state: $0.state)
          )
        }, uniquingKeysWith: { first, _ in first }), disabled: Set(plan.disabled))
    secureScores = Dictionary(
      plan.secureScores.map { ($0.instance, RecordedSecureScore($0)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// What every recorded recommendation stood at.
  package var standings: [Standing] {
    instances.sorted { $0.key < $1.key }.flatMap { name, instance in
      instance.recommendations ? instance.results.map { $0.standing(on: name) } : []
    }
  }
}

/// One instance as it was recorded.
package struct RecordedInstance: Sendable, Hashable {
  package var app: String
  package var displayName: String
  package var recommendations: Bool
  /// The digest of its declaration.
  package var digest: String
  package var observedAt: Instant?
  package var observationDigest: String?
  package var collections: [CollectionSummary]
  /// Why its results are older than its last observation, if they are.
  package var staleReason: String?
  /// What kept it from being observed, where that was tried.
  package var failure: ObservationFailure.Code?
  /// Sorted by recommendation.
  package var results: [RecordedResult]
  /// The time that conditions read as `now`; nil in files of earlier versions.
  package var judgedAt: Instant?
  /// The accounts and groups that are kept for emergencies.
  package var breakGlass: [Instance.BreakGlass] = []

  package init(
    app: String, displayName: String, recommendations: Bool, digest: String, observedAt: Instant?,
    observationDigest: String?, collections: [CollectionSummary], staleReason: String?,
    results: [RecordedResult]
  ) {
    self.app = app
    self.displayName = displayName
    self.recommendations = recommendations
    self.digest = digest
    self.observedAt = observedAt
    self.observationDigest = observationDigest
    self.collections = collections
    self.staleReason = staleReason
    self.results = results
  }
}

/// One recommendation on one instance as it was recorded.
package struct RecordedResult: Sendable, Hashable {
  package var recommendation: String
  package var title: String
  /// The digest of its definition.
  package var digest: String
  /// The digest of what the repository said of it; nil for what was the catalog's alone.
  package var declaration: String?
  package var points: Int
  package var status: Status?
  package var exception: String?
  package var since: Instant?
  package var evaluation: Evaluation
  /// Why the compliance became what it is; nil in files of earlier versions.
  package var cause: Change.Cause?
  /// Why resources joined or left the affected ones when they last did.
  package var affectedCause: Change.Cause?

  package init(
    recommendation: String, title: String, digest: String, declaration: String? = nil,
    points: Int, status: Status?, exception: String?, since: Instant?, evaluation: Evaluation
  ) {
    self.recommendation = recommendation
    self.title = title
    self.digest = digest
    self.declaration = declaration
    self.points = points
    self.status = status
    self.exception = exception
    self.since = since
    self.evaluation = evaluation
  }

  package func standing(on instance: String) -> Standing {
    Standing(
      instance: instance, recommendation: recommendation, points: points,
      compliance: evaluation.compliance, status: status, counted: evaluation.counted,
      compliantCount: evaluation.compliantCount)
  }
}

/// One exception as it was recorded.
package struct RecordedException: Sendable, Hashable {
  package var digest: String
  package var state: ExceptionPlan.State

  package init(digest: String, state: ExceptionPlan.State) {
    self.digest = digest
    self.state = state
  }
}
