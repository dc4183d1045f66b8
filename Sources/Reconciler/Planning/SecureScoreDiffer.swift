internal import JSON
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
            .importedAdded, instance: recommendation.subject, recommendation: recommendation.name,
            to: value(recommendation.status), cause: .catalog,
            reason: "Microsoft added it: \(recommendation.points ?? "not scored")"))
        continue
      }
      guard
        standing.status != recommendation.status || standing.compliance != recommendation.compliance
          || old.earned != recommendation.control.earned
          || old.possible != recommendation.control.possible
      else { continue }
      changes.append(
        Change(
          .importedChanged, instance: recommendation.subject, recommendation: recommendation.name,
          from: value(standing.status), to: value(recommendation.status),
          cause: cause(recommendation, old, standing),
          reason: movement(from: old, to: recommendation)))
    }
    let present = Set(plan.recommendations.map(\.control.id))
    for control in recorded.observation.controls where !present.contains(control.id) {
      changes.append(
        Change(
          .importedRemoved, instance: plan.instance,
          recommendation: ImportedRecommendation.prefix + control.id,
          from: value(recorded.standings[control.id]?.status), cause: .catalog,
          reason: "Microsoft no longer lists it"))
    }
    return changes
  }

  private func value(_ status: Status?) -> JSONValue? { (status?.rawValue).map(JSONValue.string) }

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

  /// `0 of 10 → 10 of 10 points`, or that only the status is another one.
  private func movement(
    from old: SecureScoreControl, to recommendation: ImportedRecommendation
  ) -> String {
    let control = recommendation.control
    func points(_ control: SecureScoreControl) -> String {
      control.earned.map { "\($0) of \(control.possible)" } ?? "not scored"
    }
    let movement =
      points(old) == points(control)
      ? "\(points(control)) points" : "\(points(old)) → \(points(control)) points"
    return recommendation.exception.map { "\(movement), exception \($0)" } ?? movement
  }
}
