internal import JSON
internal import Posture

/// Lists the differences of verdicts and decisions, and what they move.
extension InstanceDiffer {
  /// A recommendation that earns or could earn more or fewer points than before, and why.
  struct Movement {
    let recommendation: String
    let cause: Change.Cause
  }

  /// The movements behind the instance's scores.
  func movements() -> [Movement] {
    guard instance.recommendations else { return [] }
    let old = recorded.map { $0.recommendations ? $0.results : [] } ?? []
    var movements: [Movement] = []
    for result in instance.results {
      let name = result.name
      let after = result.standing(on: instance.name)
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
        let causes =
          isDecided
          ? [causeOfStatus(result, from: earlier)] : causesOfMovement(of: result, from: earlier)
        movements += causes.map { Movement(recommendation: name, cause: $0) }
      }
    }
    return movements
      + old.filter { instance.results[$0.name] == nil }.map { earlier in
        Movement(recommendation: earlier.name, cause: causeOfRemoval(earlier))
      }
  }

  func changes(
    of result: Snapshot.Result, from old: Snapshot.Result
  ) -> [Change] {
    let subject = Change.Subject.result(
      instance: instance.name, recommendation: result.name)
    let (before, after) = (old.decision.compliance, result.decision.compliance)
    var changes: [Change] = []
    let cause = cause(of: result, from: old)
    if before != after {
      changes.append(
        Change(
          .verdict(from: before, to: after, basis: Self.basis(of: result)), of: subject,
          cause: cause))
    }
    if old.status != result.status, let status = result.status,
      old.status != nil, before == after || result.exception != old.exception
    {
      changes.append(
        Change(
          .status(
            from: old.status, to: status,
            because: result.exception.map { .exception($0) }
              ?? old.exception.map { .ended(exception: $0) } ?? .uncovered),
          of: subject, cause: causeOfStatus(result, from: old)))
    }
    changes += affected(result, from: old, cause: cause)
    return changes
  }

  /// Why the verdict changed. An exception that covers the whole recommendation decides what is
  /// done about the verdict, and does not change the verdict.
  private func cause(of result: Snapshot.Result, from old: Snapshot.Result) -> Change.Cause {
    cause(
      of: result, from: old,
      exceptions: Array(result.decision.holding.keys) + old.decision.holding.keys)
  }

  private func causeOfStatus(
    _ result: Snapshot.Result, from old: Snapshot.Result
  ) -> Change.Cause {
    cause(
      of: result, from: old,
      exceptions: [result.exception, old.exception].compactMap(\.self)
        + result.decision.holding.keys + old.decision.holding.keys)
  }

  private func cause(
    of result: Snapshot.Result, from old: Snapshot.Result, exceptions touching: [String]
  ) -> Change.Cause {
    if recorded?.digest != instance.digest { return .desiredState }
    if result.digest != old.digest {
      return result.declaration != old.declaration ? .desiredState : .catalog
    }
    if let cause = touching.sorted().lazy.compactMap({ exceptions[$0] }).first { return cause }
    let noted =
      result.decision.compliance == old.decision.compliance
      ? result.affectedCause : result.cause
    if breakGlassDiffers,
      attribution.readsBreakGlass?.contains(result.name) ?? (noted == .desiredState)
    {
      return .desiredState
    }
    if result.isMoved(since: old) { return .observation }
    if let then = earlier[result.name] {
      if then.compliance == old.verdict.compliance,
        then.compliance != result.verdict.compliance
          || then.isEqual(to: old.verdict) && !then.isEqual(to: result.verdict)
      {
        return .time
      }
    } else if noted == .time {
      return .time
    }
    if (result.decision.compliance == .unknown) != (old.decision.compliance == .unknown) {
      return .observation
    }
    return .drift
  }

  /// The resources that joined or left the affected ones; only their number where not all of them
  /// are written down.
  private func affected(
    _ result: Snapshot.Result, from old: Snapshot.Result, cause: Change.Cause
  ) -> [Change] {
    let name = result.name
    let (now, before) = (result.decision, old.decision)
    guard now.compliance == .notCompliant || before.compliance == .notCompliant,
      now.compliance != .unknown
    else { return [] }
    // Most results have the same ones as before, in the same order.
    if now.affectedCount == before.affectedCount, now.affectsAlike(before) { return [] }
    let then = result.isMoved(since: old) ? nil : earlier[name]?.affectedIDs
    // Where the clock moves and the tenant too, each resource is told with its own cause.
    let isEither = cause == .drift || cause == .time || cause == .observation
    func change(_ resource: AffectedResource, isJoining: Bool) -> Change {
      var cause = cause
      if isEither, let then {
        cause = then.contains(resource.key) == isJoining ? .drift : .time
      }
      return Change(
        .affected(isJoining: isJoining, settings: isJoining ? resource.settings : nil),
        of: .resource(
          Change.Resource(label: resource.label, id: resource.id), instance: instance.name,
          recommendation: name), cause: cause)
    }
    guard now.affected.count == now.affectedCount, before.affected.count == before.affectedCount
    else {
      guard now.affectedCount != before.affectedCount else { return [] }
      return [
        Change(
          .affectedCount(from: before.affectedCount, to: now.affectedCount),
          of: .result(instance: instance.name, recommendation: name), cause: cause)
      ]
    }
    let known = Set(before.affected.map(\.key))
    let current = Set(now.affected.map(\.key))
    return now.affected.filter { !known.contains($0.key) }.map { change($0, isJoining: true) }
      + before.affected.filter { !current.contains($0.key) }.map { change($0, isJoining: false) }
  }

  /// `3 of 12 resources`, or the reason.
  static func basis(of result: Snapshot.Result) -> Change.Basis {
    let decision = result.decision
    if let reason = decision.reason, decision.compliance != .notCompliant {
      return .reason(reason)
    }
    guard result.collection != nil else {
      return decision.affectedCount > 0
        ? .affected(decision.affectedCount, of: nil) : .title(result.title)
    }
    return decision.compliance == .notCompliant
      ? .affected(decision.affectedCount, of: decision.counted)
      : .compliant(decision.compliantCount, of: decision.counted)
  }

  /// Why a score moves: the tenant changed, time passed, or both.
  private func causesOfMovement(
    of result: Snapshot.Result, from old: Snapshot.Result
  ) -> [Change.Cause] {
    let cause = cause(of: result, from: old)
    guard let then = earlier[result.name] else { return [cause] }
    switch cause {
    case .time: return then.isEqual(to: old.verdict) ? [.time] : [.drift, .time]
    case .drift: return then.isEqual(to: result.verdict) ? [.drift] : [.drift, .time]
    default: return [cause]
    }
  }
}
