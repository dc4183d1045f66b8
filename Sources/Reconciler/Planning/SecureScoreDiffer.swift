internal import Posture

/// Lists what differs for Microsoft's own recommendations since they were recorded.
struct SecureScoreDiffer {
  let plan: SecureScorePlan
  /// Nil when nothing was recorded: the first import is no change of each.
  let recorded: RecordedSecureScore?
  /// Why exceptions act otherwise than before, by name.
  let exceptions: [String: Change.Cause]

  func changes() -> [Change] {
    guard let recorded else { return [] }
    let before = Dictionary(
      recorded.observation.controls.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var changes: [Change] = []
    for recommendation in plan.recommendations {
      let id = recommendation.control.id
      guard let old = before[id], let standing = recorded.standings[id] else {
        changes.append(
          Change(
            .imported(
              from: nil,
              to: .init(status: recommendation.status, points: recommendation.control.points),
              exception: nil),
            of: subject(recommendation), cause: .catalog))
        continue
      }
      guard
        standing.status != recommendation.status || standing.compliance != recommendation.compliance
          || old.earned != recommendation.control.earned
          || old.possible != recommendation.control.possible
      else { continue }
      changes.append(
        Change(
          .imported(
            from: .init(status: standing.status, points: old.points),
            to: .init(status: recommendation.status, points: recommendation.control.points),
            exception: recommendation.exception),
          of: subject(recommendation), cause: cause(recommendation, old, standing)))
    }
    let present = Set(plan.recommendations.map(\.control.id))
    for control in recorded.observation.controls where !present.contains(control.id) {
      changes.append(
        Change(
          .imported(
            from: .init(
              status: recorded.standings[control.id]?.status, points: control.points),
            to: nil, exception: nil),
          of: .result(
            instance: plan.instance,
            recommendation: ImportedRecommendation.prefix + control.id), cause: .catalog))
    }
    return changes
  }

  private func subject(_ recommendation: ImportedRecommendation) -> Change.Subject {
    .result(instance: recommendation.subject, recommendation: recommendation.name)
  }

  private func cause(
    _ recommendation: ImportedRecommendation, _ old: SecureScoreControl,
    _ standing: RecordedSecureScore.Standing
  ) -> Change.Cause {
    let causes = [recommendation.exception, standing.exception].compactMap(\.self)
      .compactMap { exceptions[$0] }
    if standing.exception != recommendation.exception, let cause = causes.first { return cause }
    if (standing.compliance == .unknown) != (recommendation.compliance == .unknown) {
      return .observation
    }
    return old.possible != recommendation.control.possible ? .catalog : .drift
  }
}
