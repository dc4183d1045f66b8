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
  /// Instances whose observation is not believed, and why.
  let suspects: [String: String]
  let earlier: EarlierVerdicts
  /// Recommendations that read the accounts that are kept for emergencies.
  let readsBreakGlass: Set<String>
  let observations: [String: InstanceObservation]

  func changes() -> [Change] {
    var changes: [Change] = []
    let exceptionCauses = exceptionCauses
    var movements: [String: [InstanceDiffer.Movement]] = [:]
    let disabled = desired.disabled.union(recorded.disabled)
    for instance in plan.instances {
      let differ = InstanceDiffer(
        instance: instance, recorded: recorded.instances[instance.name],
        exceptions: exceptionCauses,
        suspicion: comparison == nil ? suspects[instance.name] : nil, disabled: disabled,
        earlier: earlier.verdicts(on: instance.name), readsBreakGlass: readsBreakGlass,
        fields: desired.instance(instance.name).map(desired.fieldIndex) ?? FieldIndex())
      // On the same observation no setting drifts: one that is judged otherwise is another one.
      changes += differ.changes().filter { comparison == nil || !$0.type.isDrift }
      movements[instance.name] = differ.movements()
    }
    let declared = Set(plan.instances.map(\.name))
    for (name, instance) in recorded.instances where !declared.contains(name) {
      changes.append(
        Change(
          .instanceRemoved(app: instance.app), of: .instance(name), cause: .desiredState))
    }
    for score in plan.secureScores where !suspects.keys.contains(score.instance) {
      changes += SecureScoreDiffer(
        plan: score, recorded: recorded.secureScores[score.instance], exceptions: exceptionCauses
      ).changes()
    }
    changes += ExceptionDiffer(plan: plan, recorded: recorded.exceptions).changes()
    changes += InitiativeDiffer(
      plan: plan, recorded: recorded, declarations: DeclarationIndex(desired, recorded: recorded),
      movements: movements, isDeclared: comparison != nil
    ).changes()
    if let comparison {
      // Whatever differs between two desired states on the same observations, they bring about.
      changes = changes.filter { !$0.type.isDeclaration }.map(Self.declared)
      changes += DeclarationDiffer(
        comparison, desired: desired, plan: plan, observations: observations
      ).changes()
    }
    return changes.ordered(in: plan)
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

  /// The same change, as the desired state brought it about.
  private static func declared(_ change: Change) -> Change {
    var change = change
    change.cause = .desiredState
    return change
  }
}
