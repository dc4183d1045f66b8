internal import JSON
internal import Posture
internal import YAML

/// Lists what differs between the recorded state and a plan, each difference with its cause.
struct Differ {
  let desired: DesiredState
  let recorded: RecordedState
  let plan: Plan
  /// Instances whose observation is not believed, and why.
  let suspects: [String: String]

  func changes() -> [Change] {
    var changes: [Change] = []
    let exceptionCauses = exceptionCauses
    var movements: [String: [InstanceDiffer.Movement]] = [:]
    let disabled = desired.disabled.union(recorded.disabled)
    for instance in plan.instances {
      let differ = InstanceDiffer(
        instance: instance, recorded: recorded.instances[instance.name],
        exceptions: exceptionCauses, suspicion: suspects[instance.name], disabled: disabled)
      changes += differ.changes()
      movements[instance.name] = differ.movements()
    }
    let declared = Set(plan.instances.map(\.name))
    for (name, instance) in recorded.instances where !declared.contains(name) {
      changes.append(
        Change(
          .instanceRemoved, instance: name, from: .string(instance.app), cause: .desiredState,
          reason: "the instance is no longer declared"))
    }
    changes += exceptionChanges()
    changes += InitiativeDiffer(
      plan: plan, recorded: recorded, declarations: DeclarationIndex(desired, recorded: recorded),
      movements: movements
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

  private func exceptionChanges() -> [Change] {
    var changes: [Change] = []
    for item in plan.exceptions {
      let exception = item.exception
      let old = recorded.exceptions[exception.name]
      func add(_ kind: Change.Kind, _ cause: Change.Cause, _ reason: String) {
        changes.append(
          Change(
            kind, exception: exception.name, from: (old?.state.rawValue).map(JSONValue.string),
            to: .string(item.state.rawValue), cause: cause, reason: reason))
      }
      if old == nil {
        add(
          .exceptionAdded, .desiredState,
          "\(exception.status.rawValue), \(exception.owner): \(exception.justification)")
      } else if old?.digest != exception.digest {
        add(.exceptionChanged, .desiredState, "the declaration changed")
      }
      guard old?.state != item.state else { continue }
      let end = exception.expires?.description ?? ""
      switch item.state {
      case .expired:
        add(.exceptionExpired, .time, "it held until \(end); renew it or fix what it covered")
      case .expiringSoon: add(.exceptionExpiringSoon, .time, "it holds until \(end)")
      case .unused:
        add(
          .exceptionUnused, old?.digest == exception.digest ? .drift : .desiredState,
          old == nil ? "it covers nothing: delete it" : "it covers nothing any more: delete it")
      case .active: break
      }
    }
    let declared = Set(plan.exceptions.map(\.exception.name))
    for (name, old) in recorded.exceptions where !declared.contains(name) {
      changes.append(
        Change(
          .exceptionRemoved, exception: name, from: .string(old.state.rawValue),
          cause: .desiredState, reason: "the exception is no longer declared"))
    }
    return changes
  }
}
