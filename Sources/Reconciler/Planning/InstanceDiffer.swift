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

  func changes() -> [Change] {
    guard let recorded else { return added() }
    var changes = switched(from: recorded)
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
    if wasAssessed && !instance.isStale && recorded.digest == instance.digest {
      changes += SettingsDiffer(instance: instance, recorded: old).changes()
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

  private func added() -> [Change] {
    let state = instance.recommendations ? "on" : "off"
    let first = Change(
      .instanceAdded, instance: instance.name, to: .string(state), cause: .desiredState,
      reason: "\(instance.appTitle), recommendations \(state)")
    return [first] + gaps(from: nil)
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

  private func causeOfAppearing(_ result: RecommendationResult) -> Change.Cause {
    guard let recorded, recorded.recommendations, recorded.digest == instance.digest else {
      return .desiredState
    }
    return result.recommendation.origin == .desiredState
      || disabled.contains(result.recommendation.name) ? .desiredState : .catalog
  }

  private func causeOfRemoval(_ earlier: RecordedResult) -> Change.Cause {
    recorded?.digest != instance.digest || earlier.declaration != nil
      || disabled.contains(earlier.recommendation) ? .desiredState : .catalog
  }

  /// A recommendation that earns or could earn other points than before, and why.
  struct Movement {
    let recommendation: String
    let cause: Change.Cause
  }

  /// What moves the instance's scores.
  func movements() -> [Movement] {
    guard instance.recommendations else { return [] }
    let old = Dictionary(
      (recorded?.recommendations == true ? recorded?.results ?? [] : [])
        .map { ($0.recommendation, $0) }, uniquingKeysWith: { first, _ in first })
    var movements: [Movement] = []
    for result in instance.results {
      let name = result.recommendation.name
      let after = result.standing
      guard let earlier = old[name] else {
        if after.possible > 0 {
          movements.append(Movement(recommendation: name, cause: causeOfAppearing(result)))
        }
        continue
      }
      let before = earlier.standing(on: instance.name)
      if before.possible != after.possible || before.earned != after.earned {
        // What is resolved elsewhere earns by decision, all else by what was found.
        let isDecided =
          (earlier.status?.isResolvedElsewhere ?? false)
          != (result.status?.isResolvedElsewhere ?? false)
        movements.append(
          Movement(
            recommendation: name,
            cause: isDecided
              ? causeOfStatus(result, from: earlier) : cause(of: result, from: earlier)))
      }
    }
    let present = Set(instance.results.map(\.recommendation.name))
    for (name, earlier) in old where !present.contains(name) {
      movements.append(Movement(recommendation: name, cause: causeOfRemoval(earlier)))
    }
    return movements
  }

  private func changes(
    of result: RecommendationResult, from old: RecordedResult, recorded: RecordedInstance
  ) -> [Change] {
    let name = result.recommendation.name
    let (before, after) = (old.evaluation.compliance, result.evaluation.compliance)
    var changes: [Change] = []
    let cause = cause(of: result, from: old)
    if before != after {
      let kind: Change.Kind =
        switch (before, after) {
        case (_, .notCompliant): .regressed
        case (.notCompliant, .compliant), (.unknown, .compliant), (.notCompliant, .notApplicable):
          .resolved
        default: .complianceChanged
        }
      changes.append(
        Change(
          kind, instance: instance.name, recommendation: name, from: .string(before.rawValue),
          to: .string(after.rawValue), cause: cause, reason: Self.summary(of: result)))
    }
    if old.status != result.status, let status = result.status,
      old.status != nil, before == after || result.exception != old.exception
    {
      changes.append(
        Change(
          .statusChanged, instance: instance.name, recommendation: name,
          from: (old.status?.rawValue).map(JSONValue.string), to: .string(status.rawValue),
          cause: causeOfStatus(result, from: old),
          reason: result.exception.map { "exception \($0)" }
            ?? old.exception.map { "exception \($0) no longer holds" } ?? "nothing covers it"))
    }
    changes += affected(result, from: old, cause: cause)
    return changes
  }

  /// Why the verdict is another one. An exception that covers the whole recommendation decides what
  /// is done about the verdict, and changes nothing of it.
  private func cause(of result: RecommendationResult, from old: RecordedResult) -> Change.Cause {
    cause(
      of: result, from: old,
      exceptions: Array(result.evaluation.exceptionMatches.keys)
        + old.evaluation.exceptionMatches.keys)
  }

  private func causeOfStatus(
    _ result: RecommendationResult, from old: RecordedResult
  ) -> Change.Cause {
    cause(
      of: result, from: old,
      exceptions: [result.exception, old.exception].compactMap(\.self)
        + result.evaluation.exceptionMatches.keys + old.evaluation.exceptionMatches.keys)
  }

  private func cause(
    of result: RecommendationResult, from old: RecordedResult, exceptions touching: [String]
  ) -> Change.Cause {
    if recorded?.digest != instance.digest { return .desiredState }
    if result.recommendation.digest != old.digest {
      return result.recommendation.declaration != old.declaration ? .desiredState : .catalog
    }
    if let cause = touching.sorted().lazy.compactMap({ exceptions[$0] }).first { return cause }
    if (result.evaluation.compliance == .unknown) != (old.evaluation.compliance == .unknown) {
      return .observation
    }
    return .drift
  }

  /// Resources that joined or left the affected ones, while all of them are written down.
  private func affected(
    _ result: RecommendationResult, from old: RecordedResult, cause: Change.Cause
  ) -> [Change] {
    let name = result.recommendation.name
    let (now, before) = (result.evaluation, old.evaluation)
    guard now.compliance == .notCompliant || before.compliance == .notCompliant,
      now.compliance != .unknown
    else { return [] }
    func change(_ kind: Change.Kind, _ resource: AffectedResource) -> Change {
      Change(
        kind, instance: instance.name, recommendation: name, resource: resource.label,
        resourceID: resource.id == resource.label ? nil : resource.id,
        to: kind == .affectedAdded ? resource.settings : nil, cause: cause,
        reason: kind == .affectedAdded ? "now affected" : "no longer affected")
    }
    guard now.affected.count == now.affectedCount, before.affected.count == before.affectedCount
    else {
      guard now.affectedCount != before.affectedCount else { return [] }
      return [
        Change(
          now.affectedCount > before.affectedCount ? .affectedAdded : .affectedRemoved,
          instance: instance.name, recommendation: name, from: .int(Int64(before.affectedCount)),
          to: .int(Int64(now.affectedCount)), cause: cause,
          reason: "\(before.affectedCount) → \(now.affectedCount) affected resources")
      ]
    }
    let known = Set(before.affected.map(\.id))
    let current = Set(now.affected.map(\.id))
    return now.affected.filter { !known.contains($0.id) }.map { change(.affectedAdded, $0) }
      + before.affected.filter { !current.contains($0.id) }.map { change(.affectedRemoved, $0) }
  }

  /// `3 of 12 resources`, or the reason.
  static func summary(of result: RecommendationResult) -> String {
    let evaluation = result.evaluation
    if let reason = evaluation.reason, evaluation.compliance != .notCompliant { return reason }
    guard result.recommendation.collection != nil else {
      return evaluation.affectedCount > 0
        ? "\(evaluation.affectedCount) affected" : result.recommendation.title
    }
    return evaluation.compliance == .notCompliant
      ? "\(evaluation.affectedCount) of \(evaluation.counted) affected"
      : "\(evaluation.compliantCount) of \(evaluation.counted) compliant"
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
      changes.append(
        Change(
          .observationRestored, instance: instance.name, cause: .observation,
          reason: "the instance is observed again"))
    }
    guard !instance.isStale else { return changes }
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
