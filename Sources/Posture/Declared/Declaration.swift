internal import Connectors
package import JSON
package import YAML

/// One document of a desired state as it is written.
///
/// Two revisions are compared by their documents, field by field, so that a field that nobody
/// thought of is told all the same.
package struct Declaration: Sendable {
  /// The document's `kind`.
  package let kind: DocumentKind
  /// The document's `metadata.name`: a DNS label; of an override that is sorted by subject, the
  /// recommendation's name.
  package let name: String
  /// The document's `metadata.labels`: an object of texts in order of name, empty for none.
  package let labels: JSONValue
  /// The document's `spec`, keys sorted at every depth: their order means nothing. Null where it
  /// can't be read.
  package let spec: JSONValue
  /// Where the document's name stands.
  package let mark: Mark

  package init(
    kind: DocumentKind, name: String, labels: JSONValue, spec: JSONValue, mark: Mark
  ) {
    self.kind = kind
    self.name = name
    self.labels = labels
    self.spec = spec
    self.mark = mark
  }

  init(_ envelope: Envelope) {
    self.init(
      kind: envelope.kind, name: envelope.name.value,
      labels: .object(
        envelope.labels.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }),
      // A number that is too large is named as a fault where the field is decoded.
      spec: (YAMLValue(envelope.spec, into: Diagnostics()).map { JSONValue($0) } ?? .null).sorted,
      mark: envelope.name.mark)
  }
}

extension JSONValue {
  /// The value with the members of every object in order of their names.
  fileprivate var sorted: JSONValue {
    switch self {
    case .array(let elements): .array(elements.map(\.sorted))
    case .object(let members):
      .object(members.map { ($0.0, $0.1.sorted) }.sorted { $0.0 < $1.0 })
    default: self
    }
  }
}

extension [Declaration] {
  /// The documents by what a difference is about: an override by the recommendations that it
  /// changes, since it does not matter which document says so.
  func bySubject() -> [DeclaredSubject: Declaration] {
    var subjects: [DeclaredSubject: Declaration] = [:]
    for document in self {
      guard document.kind == .recommendationOverride, let members = document.spec.object else {
        subjects[DeclaredSubject(kind: document.kind, name: document.name)] = document
        continue
      }
      let names =
        [document.spec["recommendation"]?.string].compactMap(\.self)
        + (document.spec["recommendations"]?.array ?? []).compactMap(\.string)
      let rest = members.filter { $0.0 != "recommendation" && $0.0 != "recommendations" }
      for name in names {
        subjects[DeclaredSubject(kind: document.kind, name: name)] = Declaration(
          kind: document.kind, name: name, labels: document.labels, spec: .object(rest),
          mark: document.mark)
      }
    }
    return subjects
  }
}

/// What a declared difference is about.
package struct DeclaredSubject: Sendable, Hashable {
  /// The kind of the documents that declare it.
  package let kind: DocumentKind
  /// The document's name; of an override, the recommendation's.
  package let name: String

  package init(kind: DocumentKind, name: String) {
    self.kind = kind
    self.name = name
  }
}
