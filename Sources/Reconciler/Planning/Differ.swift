internal import JSON
internal import Posture
internal import YAML

/// Lists what differs between the recorded state and a plan, each difference with its cause.
struct Differ {
  let desired: DesiredState
  let recorded: RecordedState
  /// The other desired state, where `recorded` is its plan and not what apply wrote.
  let comparison: Comparison?
  let plan: Plan
  let scoresBefore: [String: InitiativeScore]
  /// Instances whose observation is not believed, and why.
  let suspects: [String: String]

  func changes() -> [Change] {
    var changes: [Change] = []
    let causes = exceptionCauses
    for instance in plan.instances {
      let compared = InstanceDiffer(
        instance: instance, recorded: recorded.instances[instance.name],
        exceptions: causes, suspicion: comparison == nil ? suspects[instance.name] : nil
      ).changes()
      // On the same observation no setting drifts: one that is judged otherwise is another one.
      changes += comparison == nil ? compared : compared.filter { !$0.type.isDrift }
    }
    let declared = Set(plan.instances.map(\.name))
    for (name, instance) in recorded.instances where !declared.contains(name) {
      changes.append(
        Change(
          .instanceRemoved, instance: name, from: .string(instance.app), cause: .desiredState,
          reason: "the instance is no longer declared"))
    }
    changes += ExceptionDiffer(
      plan: plan, recorded: recorded.exceptions, before: comparison?.exceptions
    ).changes()
    if let comparison {
      changes += DeclarationDiffer(from: comparison.desired, to: desired).changes()
      changes = changes.map(\.declared)
    }
    changes += InitiativeDiffer(
      plan: plan, recorded: recorded, scoresBefore: scoresBefore, resultChanges: changes,
      comparesDesiredStates: comparison != nil
    ).changes()
    return changes.sorted(by: Change.comesFirst)
  }

  /// Why an exception acts otherwise than before, for those that do.
  private var exceptionCauses: [String: Change.Cause] {
    var causes: [String: Change.Cause] = [:]
    for exception in plan.exceptions {
      let old = recorded.exceptions[exception.exception.name]
      if old?.digest != exception.exception.digest {
        causes[exception.exception.name] = .desiredState
      } else if exception.state == .expired && old?.state != .expired {
        causes[exception.exception.name] = .time
      }
    }
    let declared = Set(plan.exceptions.map(\.exception.name))
    for name in recorded.exceptions.keys
    where !declared.contains(name) {
      causes[name] = .desiredState
    }
    return causes
  }
}
