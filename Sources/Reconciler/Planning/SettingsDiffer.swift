internal import JSON
internal import Posture
internal import YAML

/// Drift: recorded settings whose observed value changed, resource by resource.
///
/// Values were normalised when they were recorded and are now, so that the same configuration read
/// twice compares equal. A recommendation whose definition changed is left out: its settings differ
/// because the catalog does.
struct SettingsDiffer {
  let instance: InstancePlan
  /// By recommendation.
  let recorded: [String: RecordedResult]

  func changes() -> [Change] {
    var changes: [Change] = []
    var appeared: Set<String> = []
    for result in instance.results {
      guard let old = recorded[result.recommendation.name],
        old.digest == result.recommendation.digest,
        result.evaluation.compliance != .unknown,
        old.evaluation.compliance != .unknown || !old.evaluation.settings.isEmpty
      else { continue }
      let before = Dictionary(
        old.evaluation.settings.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      let after = Dictionary(
        result.evaluation.settings.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      for settings in result.evaluation.settings {
        if let earlier = before[settings.id] {
          changes += drift(of: settings, from: earlier, in: result)
        }
      }
      // Beyond the bound, a resource that is not written down need not be gone.
      guard before.count < Evaluation.Bounds.recorded, after.count < Evaluation.Bounds.recorded,
        let collection = result.recommendation.collection?.value
      else { continue }
      for settings in result.evaluation.settings where before[settings.id] == nil {
        guard appeared.insert("+\(collection)/\(settings.id)").inserted else { continue }
        changes.append(
          resource(.resourceAdded, settings, in: result, reason: "new in \(collection)"))
      }
      for settings in old.evaluation.settings where after[settings.id] == nil {
        guard appeared.insert("-\(collection)/\(settings.id)").inserted else { continue }
        changes.append(
          resource(
            .resourceRemoved, settings, in: result, reason: "no longer in scope in \(collection)"))
      }
    }
    return changes
  }

  private func resource(
    _ kind: Change.Kind, _ settings: ResourceSettings, in result: RecommendationResult,
    reason: String
  ) -> Change {
    let values = JSONValue.object(settings.values.map { ($0.name, $0.value) })
    return Change(
      kind, instance: instance.name, recommendation: result.recommendation.name,
      resource: settings.label, resourceID: settings.id == settings.label ? nil : settings.id,
      from: kind == .resourceRemoved ? values : nil, to: kind == .resourceAdded ? values : nil,
      cause: .drift, reason: reason)
  }

  private func drift(
    of settings: ResourceSettings, from old: ResourceSettings, in result: RecommendationResult
  ) -> [Change] {
    let before = Dictionary(
      old.values.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    return settings.values.compactMap { name, value in
      guard let earlier = before[name], earlier != value else { return nil }
      return Change(
        .drift, instance: instance.name, recommendation: result.recommendation.name,
        resource: settings.label.isEmpty ? nil : settings.label,
        resourceID: settings.id.isEmpty || settings.id == settings.label ? nil : settings.id,
        setting: name, from: earlier, to: value, cause: .drift,
        reason: "\(earlier.compactText) → \(value.compactText)")
    }
  }
}
