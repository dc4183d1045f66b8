internal import Posture

/// Tells what to renew in the record.
struct RenewalKeeper {
  let desired: DesiredState
  let recorded: Snapshot
  let now: Instant

  func renewal(by after: Snapshot) -> Renewal {
    guard recorded.isReport else { return Renewal() }
    var renewal = Renewal()
    renewal.observations = after.instances.compactMap(observation)
    renewal.isReworded = Wording(recorded) != Wording(after)
    return renewal
  }

  private func observation(of instance: Snapshot.Instance) -> Renewal.Observation? {
    guard instance.staleReason?.suspicion == nil, let declared = desired.instance(instance.name),
      let earlier = recorded.instances[instance.name], earlier.digest == instance.digest
    else { return nil }
    // Of several sources the one whose record is due first.
    return declared.sources.compactMap { source in
      let (seen, was) = (instance.standing(of: source), earlier.standing(of: source))
      guard seen.staleReason == nil, let observedAt = seen.observedAt,
        let recordedAt = was.observedAt, recordedAt < observedAt
      else { return nil }
      return Renewal.Observation(
        instance: instance.name, recordedAt: recordedAt, observedAt: observedAt,
        from: source.renewal(of: recordedAt),
        isDue: source.isDue(observedAt: recordedAt, now: now))
    }.min { $0.from < $1.from }
  }
}

/// What the record holds of declarations and decisions: everything but what an observation found,
/// and when.
///
/// Observations find counts and digests of collections, counts of resources that are all judged
/// alike, names of resources, and the wording of reasons. Alone these are no change, and wait for
/// one.
private struct Wording: Hashable {
  private struct Instance: Hashable {
    let texts: [String?]
    let staleReason: StaleReason?
    let isOn: Bool
    let breakGlass: [Posture.Instance.BreakGlass]
    let results: [Result]
  }

  private struct Result: Hashable {
    let texts: [String?]
    let points: Int
    let status: Status?
  }

  private let initiatives: ByName<InitiativeDefinition>
  private let instances: [Instance]
  private let exceptions: [[String]]
  private let disabled: Set<String>
  private let written: [String: [Effect.Record]]

  init(_ state: Snapshot) {
    initiatives = state.initiatives
    exceptions = state.exceptions.map { [$0.name, $0.digest, $0.state.rawValue] }
    disabled = state.disabled
    written = state.imports.mapValues(\.records)
    instances = state.instances.map { instance in
      Instance(
        texts: [instance.name, instance.app, instance.displayName, instance.digest],
        staleReason: instance.staleReason, isOn: instance.recommendations,
        breakGlass: instance.breakGlass,
        results: instance.results.map { result in
          Result(
            texts: [
              result.name, result.title, result.digest, result.declaration,
              result.exception,
            ], points: result.points, status: result.status)
        })
    }
  }
}
