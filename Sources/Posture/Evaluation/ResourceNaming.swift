package import JSON

/// The dotted field that identifies a resource.
package struct ResourceIdentity: Sendable {
  /// The field, level by level.
  let path: [String]

  package init(_ path: String) { self.path = path.split(separator: ".").map(String.init) }

  /// Text, or a number as it is written; nil when the resource has no such field.
  package func of(_ view: JSONView) -> String? {
    var current = view
    for key in path {
      guard let next = current[key] else { return nil }
      current = next
    }
    return current.string ?? current.int64.map(String.init)
  }
}

/// How the resources of a collection are identified.
package final class ResourceNaming: Sendable {
  /// The field that identifies a resource by itself.
  let identity: ResourceIdentity
  /// Whether a resource belongs to one of another collection, whose identity is part of its own.
  let isBound: Bool
  /// Whether each resource of the other collection has one.
  let isSingleton: Bool

  /// - Parameter path: The dotted field that identifies a resource.
  package init(_ path: String, isBound: Bool, isSingleton: Bool) {
    identity = ResourceIdentity(path)
    self.isBound = isBound
    self.isSingleton = isSingleton
  }

  /// What identifies the resource; nil when it has no such field.
  package func id(of view: JSONView) -> String? {
    let parent = parent(of: view)
    // What each parent has one of is identified by the parent.
    return isSingleton ? parent : identity.of(view).map { id in parent.map { "\($0)/\(id)" } ?? id }
  }

  /// What identifies the resource that it belongs to.
  package func parent(of view: JSONView) -> String? {
    isBound ? view["_parent"]?.string : nil
  }
}
