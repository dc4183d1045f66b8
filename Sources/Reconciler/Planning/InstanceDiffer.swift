internal import JSON
internal import Posture
internal import Text

/// Lists the differences of one instance.
struct InstanceDiffer {
  let instance: Snapshot.Instance
  let recorded: Snapshot.Instance?
  /// The cause for each exception that acts differently now, by name.
  let exceptions: [String: Change.Cause]
  /// The recommendations that the repository switches off, now or before.
  let disabled: Set<String>
  let attribution: Attribution
  /// What the same observation says at the time of the record, for recommendations that read the clock.
  let earlier: [String: Verdict]

  init(
    instance: Snapshot.Instance, recorded: Snapshot.Instance?, exceptions: [String: Change.Cause],
    disabled: Set<String>, attribution: Attribution
  ) {
    self.instance = instance
    self.recorded = recorded
    self.exceptions = exceptions
    self.disabled = disabled
    self.attribution = attribution
    earlier = attribution.earlier.verdicts(on: instance.name)
  }

  func changes() -> [Change] {
    guard let recorded else { return added() }
    var changes = switched(from: recorded) + breakGlass(since: recorded.breakGlass)
    guard instance.recommendations else { return changes }
    let wasAssessed = recorded.recommendations
    changes += gaps(from: wasAssessed ? recorded : nil)
    let old = wasAssessed ? recorded.results : []
    for result in instance.results {
      if let earlier = old[result.name] {
        changes += self.changes(of: result, from: earlier)
      } else {
        changes += [appeared(result, cause: causeOfAppearing(result))].compactMap(\.self)
      }
    }
    // Another source is another tenant, not one that drifted.
    if wasAssessed && isSeen && recorded.digest == instance.digest {
      var settings = SettingsDiffer(
        instance: instance, recorded: old, earlier: earlier, desired: attribution.desired)
      changes += settings.changes()
    }
    changes += old.filter { instance.results[$0.name] == nil }.map { earlier in
      Change(
        .verdict(from: earlier.decision.compliance, to: nil, basis: .none),
        of: .result(instance: instance.name, recommendation: earlier.name),
        cause: causeOfRemoval(earlier))
    }
    return changes
  }

  /// Whether what stands comes from an observation, perhaps from before the instance could not be
  /// observed.
  private var isSeen: Bool {
    !instance.isStale
      || instance.observedAt != nil && instance.observationDigest != recorded?.observationDigest
  }

  private func added() -> [Change] {
    let first = Change(
      .instanceAdded(appTitle: instance.appTitle ?? instance.app, isOn: instance.recommendations),
      of: .instance(instance.name), cause: .desiredState)
    return [first] + breakGlass(since: []) + gaps(from: nil)
      + instance.results.compactMap { appeared($0, cause: .desiredState) }
  }

  private func switched(from recorded: Snapshot.Instance) -> [Change] {
    var changes: [Change] = []
    if recorded.recommendations != instance.recommendations {
      changes.append(
        Change(
          .recommendations(areOn: instance.recommendations), of: .instance(instance.name),
          cause: .desiredState))
    }
    if recorded.digest != instance.digest {
      changes.append(Change(.source, of: .instance(instance.name), cause: .desiredState))
    }
    return changes
  }

  // MARK: Results

  private func appeared(_ result: Snapshot.Result, cause: Change.Cause) -> Change? {
    guard result.decision.compliance != .notApplicable else { return nil }
    return Change(
      .verdict(from: nil, to: result.decision.compliance, basis: Self.basis(of: result)),
      of: .result(instance: instance.name, recommendation: result.name),
      cause: cause)
  }

  func causeOfAppearing(_ result: Snapshot.Result) -> Change.Cause {
    guard let recorded, recorded.recommendations, recorded.digest == instance.digest else {
      return .desiredState
    }
    return result.declaration != nil || disabled.contains(result.name) ? .desiredState : .catalog
  }

  func causeOfRemoval(_ earlier: Snapshot.Result) -> Change.Cause {
    recorded?.digest != instance.digest || earlier.declaration != nil
      || disabled.contains(earlier.name) ? .desiredState : .catalog
  }

  // MARK: Gaps

  private func gaps(from old: Snapshot.Instance?) -> [Change] {
    var changes: [Change] = []
    if let suspicion = instance.staleReason?.suspicion, !attribution.isDeclared {
      changes.append(
        Change(.suspect(suspicion), of: .instance(instance.name), cause: .observation))
    } else if !instance.sources.isEmpty, old.map({ !$0.sources.isEmpty }) ?? true,
      !instance.isUnseenAlike, old?.isUnseenAlike != true
    {
      changes += sources(from: old)
    } else if let reason = instance.staleReason, reason != old?.staleReason {
      changes.append(
        Change(
          .stale(reason), of: .instance(instance.name),
          cause: reason.isSuspension ? .desiredState : .observation))
    } else if instance.staleReason == nil, old?.staleReason != nil {
      // What counts again without having been observed since is allowed to be older now.
      let isNewer = instance.observedAt.map { now in old?.observedAt.map { now > $0 } ?? true }
      changes.append(
        Change(
          .restored(isNewer: isNewer == true), of: .instance(instance.name),
          cause: old?.staleReason.map(causeOfReturn) ?? .observation))
    }
    guard isSeen else { return changes }
    let earlier = (old?.collections ?? []).keyed(by: \.name)
    for collection in instance.collections {
      let before = earlier[collection.name]
      // One that is complete from the beginning is no news.
      guard before?.state != collection.state, before != nil || collection.state != .complete
      else { continue }
      changes.append(
        Change(
          .collection(from: before?.state, to: collection.state, fault: collection.fault),
          of: .collection(collection.name, instance: instance.name), cause: .observation))
    }
    return changes + taken(since: earlier)
  }

  /// Why an instance is seen again: a suspension ends by its own last day, or is taken back.
  private func causeOfReturn(from reason: StaleReason) -> Change.Cause {
    guard case .suspended(_, let until) = reason else { return .observation }
    let declared = attribution.desired.instance(instance.name)?.suspend
    return declared?.until == until ? .time : .desiredState
  }

  /// Which of several sources are no longer, or again, seen.
  private func sources(from old: Snapshot.Instance?) -> [Change] {
    instance.sources.compactMap { source in
      let before = old?.source(source.name)?.staleReason
      guard source.staleReason != before else { return nil }
      return Change(
        source.staleReason.map { .sourceStale(source.name, $0) } ?? .sourceRestored(source.name),
        of: .instance(instance.name), cause: .observation)
    }
  }

  /// The collections that come from another source than before, by both sources.
  private func taken(since earlier: [String: CollectionSummary]) -> [Change] {
    guard recorded?.digest == instance.digest else { return [] }
    var moved: [[String]: [String]] = [:]
    for collection in instance.collections {
      guard let from = earlier[collection.name]?.source, let to = collection.source, from != to
      else { continue }
      moved[[from, to], default: []].append(collection.name)
    }
    return moved.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { sources, names in
      Change(
        .taken(from: sources[0], to: sources[1], collections: names), of: .instance(instance.name),
        cause: .observation)
    }
  }
}

// MARK: Break-glass

extension InstanceDiffer {
  /// Whether other accounts or groups are declared: a new reason or owner changes no verdict.
  var breakGlassDiffers: Bool {
    func identities(_ items: [Instance.BreakGlass]) -> Set<ExactText> {
      Set(items.map { ExactText("\($0.kind.rawValue) \($0.id)") })
    }
    return identities(recorded?.breakGlass ?? []) != identities(instance.breakGlass)
  }

  /// Lists how the declared accounts and groups for emergencies changed.
  fileprivate func breakGlass(since old: [Instance.BreakGlass]) -> [Change] {
    func change(from: Instance.BreakGlass?, to: Instance.BreakGlass?) -> Change? {
      guard let id = (to ?? from)?.id, from != to else { return nil }
      return Change(
        .breakGlass(from: from, to: to), of: .breakGlass(id, instance: instance.name),
        cause: .desiredState)
    }
    let before = Dictionary(firstOf: old.map { (ExactText($0.id), $0) })
    let declared = Set(instance.breakGlass.map { ExactText($0.id) })
    return instance.breakGlass.compactMap { change(from: before[ExactText($0.id)], to: $0) }
      + old.filter { !declared.contains(ExactText($0.id)) }.compactMap { change(from: $0, to: nil) }
  }
}
