package import YAML

/// How another tool's export becomes the observation of an instance: its keys as collections.
package struct ExportFormat: Sendable {
  /// The name that an instance's `source.export` gives: `scubagear`.
  package let name: String
  /// The app whose export it is: `microsoft-365`.
  package private(set) var app = ""
  /// The exporting tool's name for people.
  package private(set) var title = ""
  /// JSON pointer (RFC 6901) to the time of collection.
  package private(set) var observedAt = ""
  /// Where a report of the tool holds the whole export; nil for a tool whose reports do not.
  package private(set) var merged: Merged?
  /// Patterns of the tool's file names, `*` for what differs. Of a folder, the one file that
  /// matches is read; earlier patterns go first.
  package private(set) var files: [String] = []
  /// The collections in the format's order.
  package private(set) var collections: [Collection] = []
  /// Where the document names the format.
  package let mark: Mark

  /// A format that says nothing yet.
  package init(name: Located<String>) {
    self.name = name.value
    mark = name.mark
  }

  /// The export inside a report that the tool makes of it.
  package struct Merged: Sendable {
    /// JSON pointer to the export in the report.
    package private(set) var pointer = ""
    /// JSON pointer to the report's time, which counts where the export has none.
    package private(set) var observedAt = ""
  }

  /// How one key of the export becomes a collection.
  package struct Collection: Sendable {
    /// The collection's name, as the connector of the app has it.
    package internal(set) var name = ""
    private var ownPointer: String?
    /// How the key's value becomes resources.
    package private(set) var shape = Shape.list
    /// The dotted field that identifies a resource; nil where the keys do, or nothing does.
    package private(set) var identity: String?
    /// The exporter's calls that must have succeeded for the collection to be complete.
    package private(set) var commands: [String] = []
    /// The export's key of the list of calls that succeeded; nil where it lists none.
    package private(set) var succeeded: String?
    /// The export's key of the list of calls that failed; nil where it lists none. A call that
    /// failed once counts as failed.
    package private(set) var failed: String?
    /// JSON pointers to what the exporter fills only where it could not read the collection.
    package private(set) var faults: [String] = []
    /// JSON pointers at which a text must stand, with the texts that mean that it was not read.
    package private(set) var requires: [(name: String, value: [String])] = []
    /// JSON pointer to a list of the fields, `section.field`, that the exporter could not read; nil
    /// where it has none.
    package private(set) var withheld: String?
    /// Whether the collection is empty where the object that holds its key lacks the key.
    package private(set) var mayBeAbsent = false
    /// Whether every tenant has at least one: an empty collection was not read.
    package private(set) var isNeverEmpty = false
    /// What one of the resources has; without that one, the exporter was not shown everything. Nil
    /// asks for none.
    package private(set) var mustHave: ConnectorRequest.Witness?
    /// What the exporter and the vendor say of its fields, by path.
    package private(set) var fields: [CollectionField] = []

    /// JSON pointer to the collection; its name at the top level by default.
    package var pointer: String { ownPointer ?? "/" + name }
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

extension ExportFormat {
  package static let summary = "How another tool's export becomes an observation."

  package static let example = """
    app: microsoft-365
    title: An exporting tool
    observedAt: /Metadata/CollectedAt
    files: ["Export_*.json"]
    collections:
      conditionalAccessPolicies: { pointer: /policies, identity: Id, commands: [Get-Policies], succeeded: done }
      tenantSettings: { shape: value, absent: fault }
    """

  package static let fields: [Field<Self>] = [
    .required("app", \.app, .string, "The app whose export it is."),
    .required("title", \.title, .text, "The exporting tool, for people."),
    .required("observedAt", \.observedAt, .text, "JSON pointer to the time of collection."),
    .optional("merged", \.merged, .object, "Where a report of the tool has the whole export."),
    .optional(
      "files", \.files, .list(of: .text), "What the tool calls its files, with * for what differs."
    ),
    .required(
      "collections", \.collections, .named(\.name, of: .object), "What becomes a collection."),
  ]
}

extension ExportFormat.Merged: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] = [
    .required("pointer", \.pointer, .text, "JSON pointer to the export in the report."),
    .required(
      "observedAt", \.observedAt, .text,
      "JSON pointer to the report's time, if the export has none."),
  ]
}

extension ExportFormat.Collection: Described {
  package init(at node: Node) {}

  package static let fields: [Field<Self>] = [
    .optional(
      "pointer", \.ownPointer, .text, "JSON pointer to the collection; its name by default."),
    .optional(
      "shape", \.shape, .choice(of: ExportFormat.Shape.self), "How its value lists resources."),
    .optional("identity", \.identity, .text, "The dotted field that identifies a resource."),
    .optional(
      "commands", \.commands, .list(of: .text),
      "The calls that must have succeeded for it to be complete."),
    .optional("succeeded", \.succeeded, .text, "The key of the list of calls that succeeded."),
    .optional(
      "failed", \.failed, .text,
      "The key of the list of calls that failed, which beats the other list."),
    .optional(
      "faults", \.faults, .list(of: .text),
      "JSON pointers to what the exporter says only when it failed."),
    .optional(
      "requires", \.requires, .pairs(of: .list(of: .string)),
      "JSON pointers to texts that must be there, and what they are when they were not read."),
    .optional(
      "withheld", \.withheld, .text,
      "JSON pointer to names, section.field, of what could not be read of the values."),
    .optional(
      "absent", \.mayBeAbsent, .absence,
      "What it means that the key is missing from an object that is there; fault by default."),
    .optional(
      "nonEmpty", \.isNeverEmpty, .bool,
      "Whether every tenant has at least one: what is empty was not read."),
    .optional(
      "mustHave", \.mustHave, .object,
      "The resource without which the exporter was not shown everything; of entries, key and value."
    ),
    .part(\.fields, CollectionField.ofCollection),
  ]
}
