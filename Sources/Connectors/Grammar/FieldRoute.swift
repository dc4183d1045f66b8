package import JSON

/// A path of names to a field, or what is left of it, made ready for following it in many objects.
///
/// A member's own name may have dots, and comes first: a row has `user` beside `user.active`.
package struct FieldRoute: Sendable {
  /// For each place on the path, what the member that stands there may be called, the longest name first.
  private let names: [[JSONKey]]
  private var place = 0

  /// - Parameter path: The names, level by level.
  package init(_ path: [String]) {
    names = path.indices.map { start in
      path.indices[start...].reversed().map { end in
        JSONKey(path[start...end].joined(separator: "."))
      }
    }
  }

  /// The names of the members that lead to the field, in every way in which they may be called.
  package static func ways(_ path: ArraySlice<String>) -> [[String]] {
    if path.isEmpty { return [[]] }
    return path.indices.flatMap { end in
      let name = path[...end].joined(separator: ".")
      return ways(path[(end + 1)...]).map { [name] + $0 }
    }
  }

  /// Whether nothing is left: the field is reached.
  package var isAtEnd: Bool { place == names.count }

  /// The member of an object that stands next on the path, its name, and what is left behind it; nil where no member has
  /// such a name.
  package func step(in view: JSONView) -> (view: JSONView, name: JSONKey, rest: FieldRoute)? {
    guard !isAtEnd else { return nil }
    for (index, name) in names[place].enumerated() {
      guard let found = view[name] else { continue }
      var rest = self
      rest.place = names.count - index
      return (found, name, rest)
    }
    return nil
  }
}
