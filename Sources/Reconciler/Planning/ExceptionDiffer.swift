internal import Posture
internal import YAML

/// Lists what differs for exceptions: declared, changed, gone, run out.
struct ExceptionDiffer {
  let plan: Plan
  let recorded: [String: RecordedException]

  func changes() -> [Change] {
    var changes = plan.exceptions.flatMap(changes)
    let declared = Set(plan.exceptions.map(\.exception.name))
    for (name, old) in recorded where !declared.contains(name) {
      changes.append(
        Change(
          .exception(.init(.removed(nil, covered: nil), from: old.state, to: nil)),
          of: .exception(name), cause: .desiredState))
    }
    return changes
  }

  private func changes(of item: ExceptionPlan) -> [Change] {
    let exception = item.exception
    let old = recorded[exception.name]
    var changes: [Change] = []
    func add(_ what: Change.ExceptionChange.What, _ cause: Change.Cause) {
      changes.append(
        Change(
          .exception(.init(what, from: old?.state, to: item.state)),
          of: .exception(exception.name), cause: cause))
    }
    if old == nil {
      add(.added(.init(exception), covers: item.extentIfAny), .desiredState)
    } else if old?.digest != exception.digest {
      add(.changed(nil), .desiredState)
    }
    guard old?.state != item.state else { return changes }
    switch item.state {
    case .expired: add(.expired(exception.expires, isPlanned: true), .time)
    case .expiringSoon: add(.expiringSoon(exception.expires), .time)
    case .unused:
      add(
        .unused(isNew: old == nil, isPlanned: true),
        old?.digest == exception.digest ? .drift : .desiredState)
    case .active: break
    }
    return changes
  }
}

extension ExceptionPlan {
  /// What it covers; nil where that is nothing.
  var extentIfAny: String? { covers > 0 ? extent : nil }
}

extension Exception {
  /// The fields that another declaration of the same name says otherwise.
  func differences(to other: Exception) -> [Change.ExceptionChange.Field] {
    func names(_ exception: Exception) -> String {
      exception.recommendations.map(\.value).joined(separator: ", ")
    }
    let fields: [(String, String?, String?)] = [
      ("recommendations", names(self), names(other)),
      ("status", status.rawValue, other.status.rawValue),
      ("resources", resources?.value, other.resources?.value),
      ("expires", expires?.description, other.expires?.description),
      ("owner", owner, other.owner), ("ticket", ticket, other.ticket),
      ("justification", justification, other.justification),
    ]
    return fields.filter { $0.1 != $0.2 }.map { .init(name: $0.0, from: $0.1, to: $0.2) }
  }
}
