package import YAML

/// A kind of document: one table of fields says how its `spec` is read, its schema, and its page.
package protocol Kind: Sendable {
  /// What a document of the kind is: a sentence.
  static var summary: String { get }
  /// The `spec` of a document as somebody would write it, in YAML.
  static var example: String { get }
  /// One line for each field of `spec`, in the order of the kind's page.
  static var fields: [Field<Self>] { get }
  /// What a difference is called where a field's line gives it no name of its own.
  static var changed: Change.Kind { get }
  /// What differences of the document as a whole do: that it comes or goes (`!`), or its labels
  /// change.
  static var differences: [FieldDifference] { get }
  /// The document before its `spec` is read: with its defaults.
  init(_ envelope: Envelope)
}

extension Kind {
  /// Reads a document; nil after an error where there is nothing to go on with.
  package init?(_ envelope: Envelope, diagnostics: Diagnostics) {
    self.init(envelope)
    guard Self.fields.read(into: &self, from: envelope.spec, diagnostics) else { return nil }
  }

  /// By default, a difference is a change of the declaration.
  package static var changed: Change.Kind { .declarationChanged }
  /// By default, labels mean nothing, and a document comes or goes field by field.
  package static var differences: [FieldDifference] { [.neutral(of: "metadata.labels")] }

  /// What the table says of the `spec`.
  package static var shape: Shape { fields.shape() }
}
