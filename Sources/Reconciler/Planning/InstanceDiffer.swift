internal import JSON
internal import Posture

/// Lists what differs for one instance.
struct InstanceDiffer {
  let instance: InstancePlan
  let recorded: RecordedInstance?
  /// Why exceptions act otherwise than before, by name.
  let exceptions: [String: Change.Cause]
  let suspicion: String?
  /// Recommendations that the repository switches off, now or when it was recorded.
  let disabled: Set<String>
  /// What the same observation says at the time of the record, for recommendations that read the clock.
  var earlier: [String: Evaluation] = [:]
  /// Recommendations that read the accounts that are kept for emergencies.
  var readsBreakGlass: Set<String> = []
  /// What is documented of the fields that settings read.
  var fields = FieldIndex()

  func changes() -> [Change] {
    guard let recorded else { return added() }
    var changes = switched(from: recorded) + breakGlass(since: recorded.breakGlass)
    guard instance.recommendations else { return changes }
    let wasAssessed = recorded.recommendations
    changes += gaps(from: wasAssessed ? recorded : nil)
    let old = Dictionary(
      (wasAssessed ? recorded.results : []).map { ($0.recommendation, $0) },
      uniquingKeysWith: { first, _ in first })
    for result in instance.results {
      if let earlier = old[result.recommendation.name] {
        changes += self.changes(of: result, from: earlier, recorded: recorded)
      } else {
        changes += [appeared(result, cause: causeOfAppearing(result))].compactMap(\.self)
      }
    }
    // Another source is another tenant, not one that drifted.
    if wasAssessed && isSeen && recorded.digest == instance.digest {
      changes += SettingsDiffer(
        instance: instance, recorded: old, earlier: earlier, fields: fields
      ).changes()
    }
    let present = Set(instance.results.map(\.recommendation.name))
    for (name, earlier) in old where !present.contains(name) {
      changes.append(
        Change(
          .removed, instance: instance.name, recommendation: name,
          from: .string(earlier.evaluation.compliance.rawValue), cause: causeOfRemoval(earlier),
          reason: "the recommendation is no longer in force"))
    }
    return changes
  }

  /// Whether what stands was observed: it may have been before the instance could not be observed.
  private var isSeen: Bool {
    !instance.isStale
      || instance.observedAt != nil && instance.observationDigest != recorded?.observationDigest
  }

  private func added() -> [Change] {
    let state = instance.recommendations ? "on" : "off"
    let first = Change(
      .instanceAdded, instance: instance.name, to: .string(state), cause: .desiredState,
      reason: "\(instance.appTitle), recommendations \(state)")
    return [first] + breakGlass(since: []) + gaps(from: nil)
      + instance.results.compactMap { appeared($0, cause: .desiredState) }
  }

  private func switched(from recorded: RecordedInstance) -> [Change] {
    var changes: [Change] = []
    if recorded.recommendations != instance.recommendations {
      changes.append(
        Change(
          instance.recommendations ? .recommendationsOn : .recommendationsOff,
          instance: instance.name, from: .string(recorded.recommendations ? "on" : "off"),
          to: .string(instance.recommendations ? "on" : "off"), cause: .desiredState,
          reason: instance.recommendations
            ? "the instance is assessed from now on"
            : "the instance is no longer assessed and counts in no score"))
    }
    if recorded.digest != instance.digest {
      changes.append(
        Change(
          .instanceChanged, instance: instance.name, cause: .desiredState,
          reason: "it reads another source"))
    }
    return changes
  }

  // MARK: Results

  private func appeared(_ result: RecommendationResult, cause: Change.Cause) -> Change? {
    guard result.evaluation.compliance != .notApplicable else { return nil }
    return Change(
      .new, instance: instance.name, recommendation: result.recommendation.name,
      to: .string(result.evaluation.compliance.rawValue), cause: cause,
      reason: Self.summary(of: result))
  }

  func causeOfAppearing(_ result: RecommendationResult) -> Change.Cause {
    guard let recorded, recorded.recommendations, recorded.digest == instance.digest else {
      return .desiredState
    }
    return result.recommendation.origin == .desiredState
      || disabled.contains(result.recommendation.name) ? .desiredState : .catalog
  }

  func causeOfRemoval(_ earlier: RecordedResult) -> Change.Cause {
    recorded?.digest != instance.digest || earlier.declaration != nil
      || disabled.contains(earlier.recommendation) ? .desiredState : .catalog
  }

  // MARK: Gaps

  private func gaps(from old: RecordedInstance?) -> [Change] {
    var changes: [Change] = []
    if let suspicion {
      changes.append(
        Change(
          .suspect, instance: instance.name, cause: .observation,
          reason: "\(suspicion); the recorded results stand (--force takes the observation)"))
    } else if let reason = instance.staleReason, reason != old?.staleReason {
      changes.append(
        Change(.observationStale, instance: instance.name, cause: .observation, reason: reason))
    } else if instance.staleReason == nil, old?.staleReason != nil {
      // What counts again without having been observed since is allowed to be older now.
      let isNewer = instance.observedAt.map { now in old?.observedAt.map { now > $0 } ?? true }
      changes.append(
        Change(
          .observationRestored, instance: instance.name, cause: .observation,
          reason: isNewer == true
            ? "the instance is observed again" : "what was observed of the instance counts again"))
    }
    guard isSeen else { return changes }
    let earlier = Dictionary(
      (old?.collections ?? []).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for collection in instance.collections {
      let before = earlier[collection.name]
      if collection.state != .complete, before?.state != collection.state {
        changes.append(
          Change(
            .collectionIncomplete, instance: instance.name, resource: collection.name,
            from: (before?.state.rawValue).map(JSONValue.string),
            to: .string(collection.state.rawValue), cause: .observation,
            reason: collection.reason ?? "no reason was given"))
      } else if collection.state == .complete, let before, before.state != .complete {
        changes.append(
          Change(
            .collectionRestored, instance: instance.name, resource: collection.name,
            from: .string(before.state.rawValue), to: .string(collection.state.rawValue),
            cause: .observation, reason: "the collection is read again"))
      }
    }
    return changes
  }
}

// MARK: Break-glass

extension InstanceDiffer {
  /// Whether other accounts or groups are meant: a new reason or owner changes no verdict.
  var breakGlassDiffers: Bool {
    func identities(_ items: [Instance.BreakGlass]) -> Set<ExactText> {
      Set(items.map { ExactText("\($0.kind.rawValue) \($0.id)") })
    }
    return identities(recorded?.breakGlass ?? []) != identities(instance.breakGlass)
  }

  /// What is declared otherwise of the accounts and groups that are kept for emergencies.
  fileprivate func breakGlass(since old: [Instance.BreakGlass]) -> [Change] {
    func change(
      _ kind: Change.Kind, _ item: Instance.BreakGlass, from: String? = nil, _ reason: String
    ) -> Change {
      Change(
        kind, instance: instance.name, resource: item.id, from: from.map(JSONValue.string),
        to: kind == .breakGlassRemoved ? nil : .string(item.kind.rawValue), cause: .desiredState,
        reason: reason)
    }
    func words(_ item: Instance.BreakGlass) -> String {
      "\(item.kind.rawValue), \(item.owner): \(item.reason)"
    }
    let before = Dictionary(
      old.map { (ExactText($0.id), $0) }, uniquingKeysWith: { first, _ in first })
    var changes = instance.breakGlass.compactMap { item -> Change? in
      guard let earlier = before[ExactText(item.id)] else {
        return change(.breakGlassAdded, item, words(item))
      }
      let fields = [
        ("kind", earlier.kind.rawValue, item.kind.rawValue), ("owner", earlier.owner, item.owner),
        ("reason", earlier.reason, item.reason),
      ].filter { $0.1 != $0.2 }
      if fields.isEmpty { return nil }
      return change(
        .breakGlassChanged, item, from: earlier.kind.rawValue,
        fields.map { "\($0.0) \($0.1) → \($0.2)" }.joined(separator: "; "))
    }
    let declared = Set(instance.breakGlass.map { ExactText($0.id) })
    changes += old.filter { !declared.contains(ExactText($0.id)) }.map {
      change(
        .breakGlassRemoved, $0, from: $0.kind.rawValue, "no longer declared (\(words($0)))")
    }
    return changes
  }
}
