internal import JSON
internal import Posture
internal import Text
internal import YAML

/// Finds drift: recorded settings whose observed value changed, resource by resource.
///
/// The same configuration in another form counts as equal, see ``SettingComparison``; so does a
/// value that only the clock moves. A recommendation whose definition changed is left out: the
/// definition, not the tenant, makes its settings differ.
struct SettingsDiffer {
  let instance: Snapshot.Instance
  let recorded: ByName<Snapshot.Result>
  /// What the same observation says at the time of the record, by recommendation: what only the
  /// clock moves is no drift.
  let earlier: [String: Verdict]
  /// The desired state that says which fields settings read, and what is documented of them.
  let desired: DesiredState
  private lazy var fields =
    desired.instance(instance.name).map { desired.fieldIndex(of: $0, instance.collections) }
    ?? FieldIndex()

  init(
    instance: Snapshot.Instance, recorded: ByName<Snapshot.Result>, earlier: [String: Verdict],
    desired: DesiredState
  ) {
    self.instance = instance
    self.recorded = recorded
    self.earlier = earlier
    self.desired = desired
  }

  mutating func changes() -> [Change] {
    var changes: [Change] = []
    var appeared: Set<ExactText> = []
    for result in instance.results {
      guard let old = recorded[result.name], old.digest == result.digest,
        !result.isMoved(since: old),
        result.decision.compliance != .unknown,
        old.decision.compliance != .unknown || !old.verdict.settings.isEmpty,
        !result.verdict.isSetAlike(old.verdict)
      else { continue }
      let before = old.verdict.settings.keyed(by: \.key)
      let after = result.verdict.settings.keyed(by: \.key)
      for settings in result.verdict.settings {
        if let earlier = before[settings.key] {
          changes += drift(of: settings, from: earlier, in: result)
        }
      }
      let then = earlier[result.name].map { Set($0.settings.map(\.key)) }
      // Beyond the bound, a resource that is not written down need not be gone.
      guard !old.verdict.settingsAreCut, !result.verdict.settingsAreCut,
        let collection = result.collection
      else { continue }
      for settings in result.verdict.settings where before[settings.key] == nil {
        // In scope now, and was not then: it came of age.
        if let then, !then.contains(settings.key) { continue }
        guard appeared.insert(ExactText("+\(collection)/\(settings.id)")).inserted else { continue }
        changes.append(resource(settings, isJoining: true, collection, in: result))
      }
      for settings in old.verdict.settings where after[settings.key] == nil {
        if let then, then.contains(settings.key) { continue }
        guard appeared.insert(ExactText("-\(collection)/\(settings.id)")).inserted else { continue }
        changes.append(resource(settings, isJoining: false, collection, in: result))
      }
    }
    return changes
  }

  private func resource(
    _ settings: ResourceSettings, isJoining: Bool, _ collection: String,
    in result: Snapshot.Result
  ) -> Change {
    Change(
      .resource(
        isJoining: isJoining,
        settings: .object(settings.values.map { ($0.name, $0.value) }), collection: collection),
      of: .resource(
        Change.Resource(label: settings.label, id: settings.id), instance: instance.name,
        recommendation: result.name), cause: .drift)
  }

  private mutating func drift(
    of settings: ResourceSettings, from old: ResourceSettings, in result: Snapshot.Result
  ) -> [Change] {
    let before = Dictionary(firstOf: old.values.map { ($0.name, $0.value) })
    let then = earlier[result.name]?.settings.first { $0.id == settings.id }
    return settings.values.compactMap { name, value in
      guard let earlier = before[name], earlier != value else { return nil }
      let comparison = comparison(of: name, in: result)
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
          instance: instance.name, recommendation: result.name), cause: .drift)
    }
  }

  private mutating func comparison(
    of setting: String, in result: Snapshot.Result
  ) -> SettingComparison {
    desired.recommendation(result.name).map { fields.comparison(of: setting, in: $0) }
      ?? SettingComparison()
  }
}
