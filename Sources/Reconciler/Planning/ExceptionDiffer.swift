internal import JSON
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
          .exceptionRemoved, exception: name, from: .string(old.state.rawValue),
          cause: .desiredState, reason: "the exception is no longer declared"))
    }
    return changes
  }

  private func changes(of item: ExceptionPlan) -> [Change] {
    let exception = item.exception
    let old = recorded[exception.name]
    var changes: [Change] = []
    func add(_ kind: Change.Kind, _ cause: Change.Cause, _ reason: String) {
      changes.append(
        Change(
          kind, exception: exception.name, from: (old?.state.rawValue).map(JSONValue.string),
          to: .string(item.state.rawValue), cause: cause, reason: reason))
    }
    if old == nil {
      let extent = item.covers > 0 ? " (covers \(item.extent))" : ""
      add(
        .exceptionAdded, .desiredState,
        "\(exception.status.rawValue), \(exception.owner): \(exception.justification)\(extent)")
    } else if old?.digest != exception.digest {
      add(.exceptionChanged, .desiredState, "the declaration changed")
    }
    guard old?.state != item.state else { return changes }
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
    return changes
  }
}

extension Exception {
  /// What another declaration of the same name says otherwise: `expires 2026-06-15 → 2027-06-15`;
  /// nil where the fields agree.
  func difference(to other: Exception) -> String? {
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
    let different = fields.filter { $0.1 != $0.2 }.map { name, old, new in
      "\(name) \(old ?? "none") → \(new ?? "none")"
    }
    return different.isEmpty ? nil : different.joined(separator: "; ")
  }
}
