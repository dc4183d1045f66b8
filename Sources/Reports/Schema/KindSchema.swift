package import JSON
package import Posture
internal import YAML

/// The JSON Schemas of the YAML documents, for editors: draft 7, as YAML language servers take it.
///
/// A schema says what one document may hold. What a document refers to (an app, a recommendation),
/// and whether its conditions compile, is for `plumb validate`.
package enum KindSchema {
  private static let dialect: JSONValue = "http://json-schema.org/draft-07/schema#"

  /// The schema of one kind's documents.
  package static func schema(for kind: DocumentKind) -> JSONValue {
    .object(
      [
        ("$schema", dialect), ("title", .string("Plumb \(kind.rawValue)")),
        ("description", .string(kind.type.summary)),
      ] + envelope([kind], spec: kind.type.shape).members)
  }

  /// One schema for files with documents of several kinds: the `spec` is judged by the `kind`.
  package static func combined(_ kinds: [DocumentKind] = DocumentKind.declarable) -> JSONValue {
    .object(
      [
        ("$schema", dialect), ("title", "Plumb desired state"),
        ("description", "A document of a Plumb desired state."),
      ] + envelope(kinds, spec: .any).members + [
        (
          "allOf",
          .array(
            kinds.map { kind in
              [
                "if": [
                  "properties": ["kind": ["const": .string(kind.rawValue)]], "required": ["kind"],
                ],
                "then": [
                  "description": .string(kind.type.summary),
                  "properties": ["spec": .object(kind.type.shape.members)],
                ],
              ]
            })
        )
      ])
  }

  private static func envelope(_ kinds: [DocumentKind], spec: Shape) -> Shape {
    .object([
      .required("apiVersion", .choice([Envelope.apiVersion]), "The version of the format."),
      .required("kind", .choice(kinds.map(\.rawValue)), "What the document is."),
      .required(
        "metadata",
        .object([
          .required("name", .name, "A DNS label, unique among the documents of its kind."),
          .optional(
            "labels", .entries(.string), "For selectors and filters, such as region and owner."),
        ]), "Name and labels."),
      .required("spec", spec, "What the document says."),
    ])
  }
}
