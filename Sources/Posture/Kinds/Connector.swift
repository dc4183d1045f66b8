package import YAML

/// How Plumb reads one app.
package struct Connector: Sendable {
  /// The app's name.
  package let name: String
  package let displayName: String
  package let collections: [Collection]
  package let mark: Mark

  /// A named list of resources, as the vendor names it.
  package struct Collection: Sendable {
    package let name: String
    /// The dotted field that identifies a resource; nil for a singleton.
    package let identity: String?
    /// The dotted field that names a resource for people.
    package let label: String?
    /// The collection whose resources these belong to, read as `parent`.
    package let forEach: String?

    package init(name: String, identity: String?, label: String?, forEach: String?) {
      self.name = name
      self.identity = identity
      self.label = label
      self.forEach = forEach
    }
  }
}

/// How another tool's export becomes the observation of an instance: its keys as collections.
package struct ExportFormat: Sendable {
  package let name: String
  package let app: String
  package let title: String
  /// JSON pointer (RFC 6901) to the time of collection.
  package let observedAt: String
  package let collections: [Collection]
  package let mark: Mark

  package struct Collection: Sendable {
    package let name: String
    /// JSON pointer to the collection; its name at the top level by default.
    package let pointer: String
    package let shape: Shape
    package let identity: String?
    /// The exporter's calls that must have succeeded for the collection to be complete.
    package let commands: [String]
    /// The key of the list of calls that succeeded.
    package let succeeded: String?

    package init(
      name: String, pointer: String, shape: Shape, identity: String?, commands: [String],
      succeeded: String?
    ) {
      self.name = name
      self.pointer = pointer
      self.shape = shape
      self.identity = identity
      self.commands = commands
      self.succeeded = succeeded
    }
  }

  /// How the key's value becomes a list of resources.
  package enum Shape: String, Sendable, CaseIterable {
    /// The elements; a single object counts as one.
    case list
    /// The members' values; their keys are the identities.
    case map
    /// The members, each as `{ "key": …, "value": … }`; their keys are the identities.
    case entries
    /// The value itself is the one resource.
    case value
  }
}
