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
    renewal.isReworded = !recorded.isWorded(as: after)
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

/// Whether two records hold the same of declarations and decisions: everything but what an observation
/// found, and when.
///
/// Observations find counts and digests of collections, counts of resources that are all judged
/// alike, names of resources, and the wording of reasons. Alone these are no change, and wait for
/// one.
extension Snapshot {
  fileprivate func isWorded(as other: Snapshot) -> Bool {
    disabled == other.disabled && initiatives == other.initiatives
      && exceptions.elementsEqual(other.exceptions) {
        $0.name == $1.name && $0.digest == $1.digest && $0.state == $1.state
      }
      && imports.mapValues(\.records) == other.imports.mapValues(\.records)
      && instances.elementsEqual(other.instances) { $0.isWorded(as: $1) }
  }
}

extension Snapshot.Instance {
  fileprivate func isWorded(as other: Self) -> Bool {
    name == other.name && app == other.app && displayName == other.displayName
      && digest == other.digest && staleReason == other.staleReason
      && recommendations == other.recommendations && breakGlass == other.breakGlass
      && results.elementsEqual(other.results) { $0.isWorded(as: $1) }
  }
}

extension Snapshot.Result {
  fileprivate func isWorded(as other: Self) -> Bool {
    name == other.name && title == other.title && digest == other.digest
      && declaration == other.declaration && exception == other.exception
      && points == other.points && status == other.status
  }
}
