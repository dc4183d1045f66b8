package import JSON

extension JSONView {
  /// The member of an object along a path of names, and what is left of the path; nil where no
  /// member has that name.
  ///
  /// A member's own name may have dots, and comes first: a row has `user` beside `user.active`.
  package func step(
    along path: ArraySlice<String>
  ) -> (view: JSONView, rest: ArraySlice<String>)? {
    guard path.count > 1 else {
      return path.first.flatMap { self[$0] }.map { ($0, path.dropFirst()) }
    }
    for count in (1...path.count).reversed() {
      if let view = self[path.prefix(count).joined(separator: ".")] {
        return (view, path.dropFirst(count))
      }
    }
    return nil
  }
}

/// A path to a field, made ready for following it in many objects.
package struct FieldRoute: Sendable {
  /// For each place on the path, what the member that stands there may be called, the longest name first.
  private let names: [[JSONKey]]

  /// - Parameter path: The names, level by level.
  package init(_ path: [String]) {
    names = path.indices.map { start in
      path.indices[start...].reversed().map { end in
        JSONKey(path[start...end].joined(separator: "."))
      }
    }
  }

  /// How many places it has.
  package var count: Int { names.count }

  /// The member that ``JSONView/step(along:)`` finds for the path from a place on, and the place behind it.
  package func step(in view: JSONView, from place: Int) -> (view: JSONView, place: Int)? {
    for (index, name) in names[place].enumerated() {
      if let found = view[name] { return (found, names.count - index) }
    }
    return nil
  }
}
