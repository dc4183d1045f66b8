internal import Posture
internal import YAML

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
    let (status, exception) = exceptions.status(of: evaluation, recommendation.name)
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

  /// What was recorded, standing in for an observation; what was not recorded, or asked for
  /// something else then, is unknown.
  func recordedResults(_ recommendations: [Recommendation], reason: String)
    -> [RecommendationResult]
  {
    recommendations.map { recommendation in
      let earlier = recordedResults[recommendation.name].flatMap {
        $0.digest == recommendation.digest ? $0 : nil
      }
      return result(
        recommendation,
        earlier?.evaluation ?? Evaluation(compliance: .unknown, reason: reason),
        isStale: true, observedAt: recorded?.observedAt)
    }
  }

  /// Nothing is known of the instance.
  func unknownResults(_ recommendations: [Recommendation], reason: String)
    -> [RecommendationResult]
  {
    recommendations.map {
      result(
        $0, Evaluation(compliance: .unknown, reason: reason), isStale: true, observedAt: nil)
    }
  }
}
