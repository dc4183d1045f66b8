internal import JSON
internal import Posture
internal import YAML

/// Drift: recorded settings whose observed value changed, resource by resource.
///
/// The same configuration in another form compares equal, see ``SettingComparison``; so does a value that
/// only the clock moves. A recommendation whose definition changed is left out: its settings differ
/// because the catalog does.
struct SettingsDiffer {
  let instance: InstancePlan
  /// By recommendation.
  let recorded: [String: RecordedResult]
  /// What the same observation says at the time of the record, by recommendation: what the clock alone
  /// moves is no drift.
  var earlier: [String: Evaluation] = [:]
  /// What is documented of the fields that settings read.
  var fields = FieldIndex()

  func changes() -> [Change] {
    var changes: [Change] = []
    var appeared: Set<ExactText> = []
    for result in instance.results {
      guard let old = recorded[result.recommendation.name],
        old.digest == result.recommendation.digest,
        result.evaluation.compliance != .unknown,
        old.evaluation.compliance != .unknown || !old.evaluation.settings.isEmpty
      else { continue }
      let before = Dictionary(
        old.evaluation.settings.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
      let after = Dictionary(
        result.evaluation.settings.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
      for settings in result.evaluation.settings {
        if let earlier = before[settings.key] {
          changes += drift(of: settings, from: earlier, in: result)
        }
      }
      let then = earlier[result.recommendation.name].map { Set($0.settings.map(\.key)) }
      // Beyond the bound, a resource that is not written down need not be gone.
      guard !old.evaluation.settingsAreCut, !result.evaluation.settingsAreCut,
        let collection = result.recommendation.collection?.value
      else { continue }
      for settings in result.evaluation.settings where before[settings.key] == nil {
        // In scope now, and was not then: it came of age.
        if let then, !then.contains(settings.key) { continue }
        guard appeared.insert(ExactText("+\(collection)/\(settings.id)")).inserted else { continue }
        changes.append(resource(settings, isJoining: true, collection, in: result))
      }
      for settings in old.evaluation.settings where after[settings.key] == nil {
        if let then, then.contains(settings.key) { continue }
        guard appeared.insert(ExactText("-\(collection)/\(settings.id)")).inserted else { continue }
        changes.append(resource(settings, isJoining: false, collection, in: result))
      }
    }
    return changes
  }

  private func resource(
    _ settings: ResourceSettings, isJoining: Bool, _ collection: String,
    in result: RecommendationResult
  ) -> Change {
    Change(
      .resource(
        isJoining: isJoining,
        settings: .object(settings.values.map { ($0.name, $0.value) }), collection: collection),
      of: .resource(
        Change.Resource(label: settings.label, id: settings.id), instance: instance.name,
        recommendation: result.recommendation.name), cause: .drift)
  }

  private func drift(
    of settings: ResourceSettings, from old: ResourceSettings, in result: RecommendationResult
  ) -> [Change] {
    let before = Dictionary(
      old.values.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    let then = earlier[result.recommendation.name]?.settings.first { $0.id == settings.id }
    return settings.values.compactMap { name, value in
      guard let earlier = before[name], earlier != value else { return nil }
      let comparison = fields.comparison(of: name, in: result.recommendation)
      if comparison.isSame(earlier, value) { return nil }
      if let then = then?.values.first(where: { $0.name == name })?.value,
        comparison.isSame(earlier, then)
      {
        return nil
      }
      let isInstance = settings.label.isEmpty && settings.id.isEmpty
      return Change(
        .drift(from: earlier, to: value),
        of: .setting(
          name,
          resource: isInstance ? nil : Change.Resource(label: settings.label, id: settings.id),
          instance: instance.name, recommendation: result.recommendation.name), cause: .drift)
    }
  }
}
