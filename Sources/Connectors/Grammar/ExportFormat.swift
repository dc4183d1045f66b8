package import YAML

/// How another tool's export becomes the observation of an instance: its keys as collections.
package struct ExportFormat: Sendable {
  package let name: String
  package let app: String
  package let title: String
  /// JSON pointer (RFC 6901) to the time of collection.
  package let observedAt: String
  /// Where a report of the tool has the whole export, and the time beside it where the export has none.
  package let merged: (pointer: String, observedAt: String)?
  /// What the tool calls its files, with `*` for what differs: of a folder, the one that is read.
  package let files: [String]
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
    /// The key of the list of calls that failed: one that failed once beats the same call's success.
    package let failed: String?
    /// JSON pointers that hold nothing unless the exporter could not read the collection.
    package let faults: [String]
    /// Texts that must stand at JSON pointers: what is missing, empty, or one of these was not read.
    package let requires: [(pointer: String, not: [String])]
    /// JSON pointer to names, `section.field`, of what the exporter could not read of the values.
    package let withheld: String?
    /// Whether a key that is not there, in an object that is, means none.
    package let mayBeAbsent: Bool
    /// Whether every tenant has at least one: what comes empty was not read.
    package let isNeverEmpty: Bool
    /// What the exporter and the vendor say of its fields, by path.
    package let fields: [CollectionField]

    package init(
      name: String, pointer: String, shape: Shape, identity: String?, commands: [String] = [],
      succeeded: String? = nil, failed: String? = nil, faults: [String] = [],
      requires: [(pointer: String, not: [String])] = [], withheld: String? = nil,
      mayBeAbsent: Bool = false, isNeverEmpty: Bool = false,
      fields: [CollectionField] = []
    ) {
      self.name = name
      self.pointer = pointer
      self.shape = shape
      self.identity = identity
      self.commands = commands
      self.succeeded = succeeded
      self.failed = failed
      self.faults = faults
      self.requires = requires
      self.withheld = withheld
      self.mayBeAbsent = mayBeAbsent
      self.isNeverEmpty = isNeverEmpty
      self.fields = fields
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
