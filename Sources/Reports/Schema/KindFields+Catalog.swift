internal import Connectors
internal import JSON
internal import Posture
internal import YAML

/// How exports are read.
extension KindFields {
  static let exportFormat: [FieldShape] = [
    .required("app", .string, "The app whose export it is."),
    .required("title", .text, "The exporting tool, for people."),
    .required("observedAt", .text, "JSON pointer to the time of collection."),
    .optional(
      "merged",
      .object([
        .required("pointer", .text, "JSON pointer to the export in the report."),
        .required(
          "observedAt", .text, "JSON pointer to the report's time, if the export has none."),
      ]), "Where a report of the tool has the whole export."),
    .optional(
      "files", .list(.text), "What the tool calls its files, with * for what differs."),
    .required(
      "collections",
      .entries(
        .object([
          .optional("pointer", .text, "JSON pointer to the collection; its name by default."),
          .optional(
            "shape", .choice(ExportFormat.Shape.allCases.map(\.rawValue)),
            "How its value lists resources."),
          .optional("identity", .text, "The dotted field that identifies a resource."),
          .optional(
            "commands", .list(.text), "The calls that must have succeeded for it to be complete."),
          .optional("succeeded", .text, "The key of the list of calls that succeeded."),
          .optional(
            "failed", .text, "The key of the list of calls that failed, which beats the other list."
          ),
          .optional(
            "faults", .list(.text), "JSON pointers to what the exporter says only when it failed."),
          .optional(
            "requires", .entries(.list(.string)),
            "JSON pointers to texts that must be there, and what they are when they were not read."),
          .optional(
            "withheld", .text,
            "JSON pointer to names, section.field, of what could not be read of the values."),
          .optional(
            "absent", .choice(["empty", "fault"]),
            "What it means that the key is missing from an object that is there; fault by default."),
          .optional(
            "nonEmpty", .boolean,
            "Whether every tenant has at least one: what is empty was not read."),
          collectionFields, emptiness,
        ])), "What becomes a collection."),
  ]

  /// What the vendor documents of a collection's fields.
  static let collectionFields: FieldShape = .optional(
    "fields",
    .entries(
      .object(
        [
          .optional(
            "type", .choice(CollectionField.ValueType.allCases.map(\.rawValue)),
            "The type of the field's value."),
          .optional("set", .boolean, "Whether the order of a list means nothing."),
          .optional("map", .entries(.any), "The typed value that stands for each text."),
        ]
          + CollectionField.Form.allCases.map { form in
            .optional(
              form.rawValue,
              .object([
                .required("means", .any, "The value that it stands for."),
                .required("url", .https, "The vendor's page that says so."),
                .required("sentence", .text, "The vendor's sentence."),
              ]), "What it means that the field is \(form.rawValue).")
          })),
    "What the vendor documents of a resource's fields, by dotted path; lists on the way are passed through."
  )

  /// What the vendor says of a collection that lists nothing.
  static let emptiness: FieldShape = .optional(
    "mayBeEmpty",
    .object([
      .required("url", .https, "The vendor's page that says so."),
      .required("sentence", .text, "The vendor's sentence."),
    ]),
    "That a tenant may have none of them; without it, a verdict that an empty collection turns good is a finding of plumb test."
  )
}
