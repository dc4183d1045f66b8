internal import JSON
internal import Posture

/// An item that becomes a line: a value of an answer, or members put together from several answers.
struct ShapedResource {
  /// The value itself, where there are no members.
  let view: JSONView?
  let members: [(name: String, value: Part)]?
  /// The names that the manifest chose: they stay as they are.
  let chosenNames: Set<String>

  enum Part {
    case one(JSONView)
    case many([JSONView])
    /// Why it could not be read.
    case unread(String)
    /// Why there is none: the vendor does not know the field.
    case unknown(String)
  }

  /// - Parameters:
  ///   - item: What the vendor returned.
  ///   - attached: What further requests brought, by name.
  ///   - chosen: The members that it gets, by JSON pointer; nil keeps those of the item.
  init(
    _ item: JSONView, attached: [(name: String, part: Part)],
    chosen: [(name: String, value: String)]?
  ) {
    guard item.kind == .object || chosen != nil else {
      view = item
      members = nil
      chosenNames = []
      return
    }
    var members: [(name: String, value: Part)] = []
    if let chosen {
      for (name, pointer) in chosen {
        if let value = item.value(at: pointer) { members.append((name, .one(value))) }
      }
    } else {
      let own = Set(attached.map(\.name))
      for (name, value) in item.members where !own.contains(name) {
        members.append((name, .one(value)))
      }
    }
    members += attached.map { ($0.name, $0.part) }
    view = nil
    chosenNames = Set(attached.map(\.name) + (chosen ?? []).map(\.name))
    self.members = members
  }

  /// Why members are missing, by their names.
  var unread: [(name: String, reason: String)] {
    (members ?? []).compactMap { name, part in
      switch part {
      case .unread(let reason), .unknown(let reason): (name, reason)
      case .one, .many: nil
      }
    }
  }

  /// The members that the vendor does not know.
  var unknown: [String] {
    (members ?? []).compactMap { name, part in
      if case .unknown = part { name } else { nil }
    }
  }
}
