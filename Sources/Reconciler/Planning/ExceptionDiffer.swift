internal import Posture

/// Lists what became of exceptions: declared, changed, gone, run out.
struct ExceptionDiffer {
  let before: ByName<Snapshot.Exception>
  let after: ByName<Snapshot.Exception>

  func changes() -> [Change] {
    after.flatMap(changes)
      + before.filter { after[$0.name] == nil }.map { old in
        Change(
          .exception(.init(.removed(old.terms, covered: nil), from: old.state, to: nil)),
          of: .exception(old.name), cause: .desiredState)
      }
  }

  /// The cause for each exception that acts differently now, by name.
  var causes: [String: Change.Cause] {
    var causes: [String: Change.Cause] = [:]
    for exception in after {
      let old = before[exception.name]
      if old?.digest != exception.digest {
        causes[exception.name] = .desiredState
      } else if exception.state == .expired && old?.state != .expired {
        causes[exception.name] = .time
      }
    }
    for exception in before where after[exception.name] == nil {
      causes[exception.name] = .desiredState
    }
    return causes
  }

  private func changes(of item: Snapshot.Exception) -> [Change] {
    let old = before[item.name]
    var changes: [Change] = []
    func add(_ what: Change.ExceptionChange.What, _ cause: Change.Cause) {
      changes.append(
        Change(
          .exception(.init(what, from: old?.state, to: item.state)), of: .exception(item.name),
          cause: cause))
    }
    if let old {
      let fields = old.terms.flatMap { terms in item.terms.map { terms.differences(to: $0) } }
      if old.digest != item.digest || fields?.isEmpty == false {
        add(.changed(fields), .desiredState)
      }
    } else {
      add(.added(item.terms, covers: item.extent), .desiredState)
    }
    guard old?.state != item.state else { return changes }
    switch item.state {
    case .expired: add(.expired(item.terms?.expires), .time)
    case .expiringSoon: add(.expiringSoon(item.terms?.expires), .time)
    case .unused:
      add(.unused(isNew: old == nil), old?.digest == item.digest ? .drift : .desiredState)
    case .active: break
    }
    return changes
  }
}
