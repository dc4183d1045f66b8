internal import Posture
internal import YAML

/// The exceptions that hold for one instance now, by recommendation.
struct ExceptionIndex {
  private let byRecommendation: [String: [Exception]]

  init(_ desired: DesiredState, instance: Instance, now: Instant) {
    var index: [String: [Exception]] = [:]
    for exception in desired.exceptions(for: instance) where !exception.isExpired(at: now) {
      for name in exception.recommendations { index[name.value, default: []].append(exception) }
    }
    byRecommendation = index
  }

  /// The one that decides the status of the whole recommendation: of several, what claims the risk
  /// is gone before what accepts it, before what plans; then the first by name.
  func whole(_ recommendation: String, leavingOut omitted: String? = nil) -> Exception? {
    Self.strongest(
      of: (byRecommendation[recommendation] ?? [])
        .filter { $0.resources == nil && $0.name != omitted })
  }

  /// Of several, the one that decides.
  static func strongest(of exceptions: [Exception]) -> Exception? {
    let order: [Status] = [
      .resolvedThroughThirdParty, .resolvedThroughAlternateMitigation, .riskAccepted, .planned,
    ]
    return
      exceptions
      .min { left, right in
        let ranks = (
          order.firstIndex(of: left.status) ?? 4, order.firstIndex(of: right.status) ?? 4
        )
        return ranks.0 != ranks.1 ? ranks.0 < ranks.1 : left.name < right.name
      }
  }

  /// The first that plans to fix named resources.
  func planning(_ recommendation: String, leavingOut omitted: String? = nil) -> Exception? {
    byRecommendation[recommendation]?.first {
      $0.status == .planned && $0.resources != nil && $0.name != omitted
    }
  }

  /// What the organisation has decided about a verdict, and by which exception.
  ///
  /// - Parameter omitted: The name of an exception that is to count as not declared.
  func status(
    of evaluation: Evaluation, _ recommendation: String, leavingOut omitted: String? = nil
  ) -> (status: Status?, exception: String?) {
    switch evaluation.compliance {
    case .notApplicable: return (nil, nil)
    case .compliant: return (.completed, nil)
    case .notCompliant, .unknown:
      if let exception = whole(recommendation, leavingOut: omitted) {
        return (exception.status, exception.name)
      }
      if evaluation.affectedCount > 0, evaluation.plannedCount == evaluation.affectedCount,
        let exception = planning(recommendation, leavingOut: omitted)
      {
        return (.planned, exception.name)
      }
      return (.toAddress, nil)
    }
  }
}
