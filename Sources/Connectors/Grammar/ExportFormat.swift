package import YAML

/// How another tool's export becomes the observation of an instance: its keys as collections.
package struct ExportFormat: Sendable {
  package let name: String
  package private(set) var app = ""
  package private(set) var title = ""
  /// JSON pointer (RFC 6901) to the time of collection.
  package private(set) var observedAt = ""
  /// Where a report of the tool has the whole export.
  package private(set) var merged: Merged?
  /// What the tool calls its files, with `*` for what differs: of a folder, the one that is read.
  package private(set) var files: [String] = []
  package private(set) var collections: [Collection] = []
  package let mark: Mark

  package init(name: Located<String>) {
    self.name = name.value
    mark = name.mark
  }

  package struct Merged: Sendable {
    package private(set) var pointer = ""
    /// The time beside the export, where that has none.
    package private(set) var observedAt = ""
  }

  package struct Collection: Sendable {
    package internal(set) var name = ""
    private var ownPointer: String?
    package private(set) var shape = Shape.list
    package private(set) var identity: String?
    /// The exporter's calls that must have succeeded for the collection to be complete.
    package private(set) var commands: [String] = []
    /// The key of the list of calls that succeeded.
    package private(set) var succeeded: String?
    /// The key of the list of calls that failed: one that failed once beats the same call's success.
    package private(set) var failed: String?
    /// JSON pointers that hold nothing unless the exporter could not read the collection.
    package private(set) var faults: [String] = []
    /// Texts that must stand at JSON pointers: what is missing, empty, or one of these was not read.
    package private(set) var requires: [(name: String, value: [String])] = []
    /// JSON pointer to names, `section.field`, of what the exporter could not read of the values.
    package private(set) var withheld: String?
    /// Whether a key that is not there, in an object that is, means none.
    package private(set) var mayBeAbsent = false
    /// Whether every tenant has at least one: what comes empty was not read.
    package private(set) var isNeverEmpty = false
    /// What one of the resources has: without it, the exporter was not shown everything.
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
