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
