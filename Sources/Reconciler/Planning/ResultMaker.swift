internal import Posture
internal import YAML

/// The exceptions that hold for one instance now, by recommendation.
struct ExceptionIndex {
  private let byRecommendation: [String: [Exception]]

  init(_ desired: DesiredState, instance: Instance, now: Instant) {
    var index: [String: [Exception]] = [:]
    for exception in desired.exceptions
    where exception.instances.matches(instance) && !exception.isExpired(at: now) {
      for name in exception.recommendations { index[name.value, default: []].append(exception) }
    }
    byRecommendation = index
  }

  /// The one that decides the status of the whole recommendation: of several, what claims the risk
  /// is gone before what accepts it, before what plans; then the first by name.
  func whole(_ recommendation: String) -> Exception? {
    let order: [Status] = [
      .resolvedThroughThirdParty, .resolvedThroughAlternateMitigation, .riskAccepted, .planned,
    ]
    return (byRecommendation[recommendation] ?? []).filter { $0.resources == nil }
      .min { left, right in
        let ranks = (
          order.firstIndex(of: left.status) ?? 4, order.firstIndex(of: right.status) ?? 4
        )
        return ranks.0 != ranks.1 ? ranks.0 < ranks.1 : left.name < right.name
      }
  }

  /// The first that plans to fix named resources.
  func planning(_ recommendation: String) -> Exception? {
    byRecommendation[recommendation]?.first { $0.status == .planned && $0.resources != nil }
  }
}

/// Joins verdicts with what the organisation has decided.
struct ResultMaker {
  let instance: Instance
  /// What stood before, if the instance was assessed then.
  let recorded: RecordedInstance?
  let exceptions: ExceptionIndex
  private let recordedResults: [String: RecordedResult]

  init(instance: Instance, recorded: RecordedInstance?, exceptions: ExceptionIndex) {
    self.instance = instance
    self.recorded = recorded
    self.exceptions = exceptions
    recordedResults = Dictionary(
      (recorded?.results ?? []).map { ($0.recommendation, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  func result(
    _ recommendation: Recommendation, _ evaluation: Evaluation, isStale: Bool, observedAt: Instant?
  ) -> RecommendationResult {
    let (status, exception) = status(of: evaluation, recommendation.name)
    let earlier = recordedResults[recommendation.name]
    var evaluation = evaluation
    if evaluation.compliance == .unknown, evaluation.settings.isEmpty, let earlier,
      earlier.digest == recommendation.digest
    {
      // What cannot be seen has not changed: the settings last seen stay recorded, so that drift
      // during an outage shows when it is over.
      evaluation.settings = earlier.evaluation.settings
    }
    let since = earlier?.evaluation.compliance == evaluation.compliance ? earlier?.since : nil
    return RecommendationResult(
      instance: instance.name, recommendation: recommendation, evaluation: evaluation,
      status: status, isStale: isStale, exception: exception,
      since: since ?? observedAt ?? recorded?.observedAt, placements: [],
      manage: recommendation.manage.map { link in
        instance.source.parameters.reduce(link) {
          $0.replacing("{\($1.key)}", with: $1.value)
        }
      })
  }

  /// What was recorded, standing in for an observation; what was not recorded is unknown.
  func recordedResults(_ recommendations: [Recommendation], reason: String)
    -> [RecommendationResult]
  {
    recommendations.map { recommendation in
      result(
        recommendation,
        recordedResults[recommendation.name]?.evaluation
          ?? Evaluation(compliance: .unknown, reason: reason),
        isStale: true, observedAt: recorded?.observedAt)
    }
  }

  private func status(
    of evaluation: Evaluation, _ recommendation: String
  ) -> (Status?, exception: String?) {
    switch evaluation.compliance {
    case .notApplicable: return (nil, nil)
    case .compliant: return (.completed, nil)
    case .notCompliant, .unknown:
      if let exception = exceptions.whole(recommendation) {
        return (exception.status, exception.name)
      }
      if evaluation.affectedCount > 0, evaluation.plannedCount == evaluation.affectedCount,
        let exception = exceptions.planning(recommendation)
      {
        return (.planned, exception.name)
      }
      return (.toAddress, nil)
    }
  }
}
