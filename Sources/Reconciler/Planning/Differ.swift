internal import Posture
internal import Text

/// Lists the differences between two snapshots, each with its cause: the record and what is
/// assessed, a base and a change, two reports. Pure.
struct Differ {
  let before: Snapshot
  let after: Snapshot
  /// The scores of both snapshots.
  let scores: Comparison.Scores
  let attribution: Attribution
  /// How many cores share the instances out; the changes do not depend on it.
  var cores = 1

  func changes() -> [Change] {
    var changes: [Change] = []
    let exceptions = ExceptionDiffer(before: before.exceptions, after: after.exceptions)
    let causes = exceptions.causes
    let disabled = before.disabled.union(after.disabled)
    var movements: [String: [InstanceDiffer.Movement]] = [:]
    let found = Array(after.instances).sharedOut(over: cores, least: Assessor.fewest) { own in
      own.map { instance in
        let differ = InstanceDiffer(
          instance: instance, recorded: before.instances[instance.name], exceptions: causes,
          disabled: disabled, attribution: attribution)
        return (instance.name, differ.changes(), differ.movements())
      }
    }
    for (name, its, moved) in found {
      changes += its
      movements[name] = moved
    }
    changes += before.instances.filter { after.instances[$0.name] == nil }.map { instance in
      Change(
        .instanceRemoved(app: instance.app), of: .instance(instance.name), cause: .desiredState)
    }
    for (instance, imported) in after.imports
    where after.instances[instance]?.staleReason?.suspicion == nil {
      changes += ImportDiffer(
        instance: instance, before: before.imports[instance], after: imported,
        exceptions: causes
      ).changes()
    }
    changes += exceptions.changes()
    changes += InitiativeDiffer(
      before: before, after: after, scores: scores, attribution: attribution,
      movements: movements
    ).changes()
    guard attribution.isDeclared else { return changes }
    // On the same observations no setting drifts, and whatever differs the desired states bring about;
    // what they declare otherwise is told by field.
    return changes.filter { !$0.type.isDrift && !$0.type.isDeclaration }.map { change in
      var change = change
      change.cause = .desiredState
      return change
    }
  }
}

/// Tells the causes of differences where neither of the two snapshots does.
struct Attribution {
  /// The desired state that says how settings are compared, and whose the initiatives are.
  let desired: DesiredState
  /// Whether two desired states are compared on the same observations: they cause every difference
  /// then.
  var isDeclared = false
  /// What the same observations say at the time of the record, for recommendations that read the
  /// clock.
  var earlier = EarlierVerdicts()
  /// The recommendations that read the accounts kept for emergencies. Nil where only the causes
  /// noted with the results tell.
  var readsBreakGlass: Set<String>?
}
