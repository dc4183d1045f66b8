package import JSON

/// How the resources of a collection are identified.
package final class ResourceNaming: Sendable {
  /// The field that identifies a resource, level by level.
  let path: [String]
  /// Whether a resource belongs to one of another collection, whose identity is part of its own.
  let isBound: Bool
  /// Whether each resource of the other collection has one.
  let isSingleton: Bool

  /// - Parameter path: The dotted field that identifies a resource.
  package init(_ path: String, isBound: Bool, isSingleton: Bool) {
    self.path = path.split(separator: ".").map(String.init)
    self.isBound = isBound
    self.isSingleton = isSingleton
  }

  /// What identifies the resource; nil when it has no such field.
  package func id(of view: JSONView) -> String? {
    let parent = parent(of: view)
    // What each parent has one of is identified by the parent.
    return isSingleton ? parent : own(of: view).map { id in parent.map { "\($0)/\(id)" } ?? id }
  }

  /// What identifies the resource that it belongs to.
  package func parent(of view: JSONView) -> String? {
    isBound ? view["_parent"]?.string : nil
  }

  /// Text, or a number as it is written.
  private func own(of view: JSONView) -> String? {
    var current = view
    for key in path {
      guard let next = current[key] else { return nil }
      current = next
    }
    return current.string ?? current.int64.map(String.init)
  }
}
