internal import Connectors
internal import JSON
internal import Posture

/// The kinds that the catalog is made of.
extension KindFields {
  static let recommendation: [SchemaField] = [
    .required("app", .string, "The app's name, such as okta."),
    .required("title", .text, "What to do, in the imperative."),
    .optional("impact", .choice(of: Impact.self), "high, medium or low: 10, 5 or 2 points."),
    .optional("points", .integer(1...100), "What completing it earns, instead of the impact's."),
    .required("category", .choice(of: Category.self), "What it is about."),
    .optional("userImpact", .choice(of: Effort.self), "What it asks of users; low by default."),
    .optional(
      "implementationCost", .choice(of: Effort.self),
      "What it asks of those who carry it out; low by default."),
    .optional("threats", .list(.choice(of: Threat.self)), "What it counters."),
    .optional("parameters", .entries(.any), "Values that conditions read as parameters.<name>."),
    .optional("variables", .entries(.text), "Named CEL expressions, read as variables.<name>."),
    .optional(
      "collection", .text,
      "The collection whose resources are judged one by one; without it, compliant is one condition over the instance."
    ),
    .optional("where", .text, "CEL: which resources are in scope."),
    .required(
      "compliant", .text, "CEL: whether the resource, or the instance, is as it should be."),
    .optional("label", .text, "CEL: how an affected resource is named; required with collection."),
    .optional(
      "settings", .entries(.text), "CEL: the values that are recorded, so that drift shows."),
    .optional(
      "evidence", .entries(.text),
      "CEL: what a verdict over the whole instance counted, shown beside it."),
    .optional(
      "affected", .text,
      "CEL: the objects that a verdict over the whole instance blames: texts, or maps with id and label."
    ),
    .optional(
      "expected", .entries(.text),
      "CEL: what settings and evidence should be, by their names; the rest follows from the condition."
    ),
    .optional("rationale", .text, "Why it matters."),
    .required("remediation", .text, "How to do it: Markdown steps."),
    .optional("manage", .text, "Where to do it: a link; {name} is an instance's parameter."),
    .optional(
      "controls",
      .list(
        .object([
          .required("framework", .text, "The framework, such as okta-stig."),
          .required("id", .written, "The control's identifier in it."),
          .optional("part", .text, "The part of it that the condition decides; all by default."),
        ])), "Controls of published frameworks that it stands for."),
    .optional(
      "differs",
      .list(
        .object([
          .required("framework", .text, "The framework of the published assessor."),
          .required("id", .written, "The control's identifier in it."),
          .required(
            "direction", .choice(of: Recommendation.Difference.Direction.self),
            "Whether Plumb is stricter than the assessor, or more lenient."),
          .required("why", .text, "Why the verdict differs."),
          .required("reference", .pattern("^https://"), "The vendor's page that proves it right."),
        ])), "Where the verdict differs on purpose from a published assessor's."),
    .optional(
      "references",
      .list(
        .object([
          .required("title", .text, "What is found there."),
          .required("url", .pattern("^https://"), "An https address."),
        ])), "Where to read more."),
    .optional(
      "tests",
      .list(
        .object(
          Compliance.allCases.map { compliance in
            .optional(
              compliance.rawValue, .object(testInput),
              "An input that must be \(compliance.rawValue).")
          }, rules: [("minProperties", 1), ("maxProperties", 1)])),
      "Cases that the recommendation proves itself with."),
  ]

  private static let testInput: [SchemaField] = [
    .optional("name", .text, "The situation that the case is about."),
    .optional("form", .choice(of: Recommendation.Form.self), "What the case shows."),
    .optional(
      "published", .entries(.choice(of: Compliance.self)),
      "What a published assessor says of the case, by the control's identifier."),
    .optional("resource", .any, "The resource that is judged."),
    .optional("parent", .any, "The resource that it belongs to."),
    .optional("collections", .any, "Lists of resources by collection."),
    .optional("parameters", .any, "Other values of parameters."),
    .optional("instance", .any, "Name, app, labels and parameters of the instance."),
    .optional("now", .any, "The time, in RFC 3339."),
  ]

  static let recommendationRules: [(String, JSONValue)] = [
    ("anyOf", [["required": ["impact"]], ["required": ["points"]]]),
    ("if", ["required": ["collection"]]),
    ("then", ["required": ["label"]]),
  ]

  static let framework: [SchemaField] = [
    .required("title", .text, "Its name for people."),
    .required("version", .written, "Which edition of it."),
    .required("url", .pattern("^https://"), "Where it is published."),
    .optional("complete", .boolean, "Whether every control stands here; true by default."),
    .optional("gap", .text, "Why the list is not complete."),
    .required(
      "controls",
      .list(
        .object([
          .required("id", .written, "The control's identifier."),
          .required("title", .text, "What it asks, in a few words of one's own."),
          .optional("parts", .list(.text), "What it is made of, where parts are decided singly."),
          .optional("manual", .text, "Where to look for what no program can read."),
        ])), "In the order of the framework."),
  ]

  static let definitions: [SchemaField] = [
    .required("app", .string, "The app whose recommendations share them."),
    .optional("values", .entries(.text), "Named CEL expressions, read as definitions.<name>."),
    .optional(
      "functions",
      .list(
        .object([
          .required("name", .text, "What conditions call."),
          .required("parameters", .list(.text), "The parameters' names."),
          .required("body", .text, "CEL over the parameters."),
        ])), "Functions written in CEL."),
    .optional(
      "optionalCollections", .list(.string),
      "Collections that read as empty where a source does not deliver them, because they only make verdicts milder."
    ),
    .optional(
      "tests",
      .list(
        .object(
          [
            .optional("name", .text, "The situation that the case is about."),
            .required("expression", .text, "CEL: what is tried."),
            .optional("is", .any, "The value that it must have."),
            .optional("fails", .boolean, "Whether it must fail instead."),
            .optional("collections", .any, "Lists of resources by collection."),
            .optional("instance", .any, "Name, app, labels and parameters of the instance."),
            .optional("now", .any, "The time, in RFC 3339."),
          ], rules: [oneOf("is", "fails")])), "Cases that the definitions prove themselves with."),
  ]

  static let exportFormat: [SchemaField] = [
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
            "shape", .choice(of: ExportFormat.Shape.self), "How its value lists resources."),
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
  static let collectionFields: SchemaField = .optional(
    "fields",
    .entries(
      .object(
        [
          .optional(
            "type", .choice(of: CollectionField.ValueType.self), "The type of the field's value."),
          .optional("set", .boolean, "Whether the order of a list means nothing."),
          .optional("map", .entries(.any), "The typed value that stands for each text."),
        ]
          + CollectionField.Form.allCases.map { form in
            .optional(
              form.rawValue,
              .object([
                .required("means", .any, "The value that it stands for."),
                .required("url", .pattern("^https://"), "The vendor's page that says so."),
                .required("sentence", .text, "The vendor's sentence."),
              ]), "What it means that the field is \(form.rawValue).")
          })),
    "What the vendor documents of a resource's fields, by dotted path; lists on the way are passed through."
  )

  /// What the vendor says of a collection that lists nothing.
  static let emptiness: SchemaField = .optional(
    "mayBeEmpty",
    .object([
      .required("url", .pattern("^https://"), "The vendor's page that says so."),
      .required("sentence", .text, "The vendor's sentence."),
    ]),
    "That a tenant may have none of them; without it, a verdict that an empty collection turns good is a finding of plumb test."
  )
}
