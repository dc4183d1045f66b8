package import JSON
internal import Posture

extension JSONReport {
  /// The JSON Schema (draft 2020-12) of what ``plan(_:filter:maxAffected:)`` writes.
  ///
  /// Programs may meet keys that are not listed here in a later Plumb; that is why only the objects
  /// of today are closed, and the version stands in `apiVersion`.
  package static var schema: JSONValue {
    .object(
      [
        ("$schema", "https://json-schema.org/draft/2020-12/schema"),
        ("title", "Plumb plan"),
        ("description", "What the posture is, and how it differs from what was recorded."),
      ]
        + Self.members(
          [
            .key("apiVersion", ["const": .string(apiVersion)]),
            .key("kind", ["const": "Plan"]),
            .key("desired", reference), .optional("base", reference),
            .key("recorded", object([.key("revision", nullable("string"))])),
            .key("at", time),
            .key(
              "observations",
              list([
                .key("instance", string), .key("digest", nullable("string")),
                .key("observedAt", nullable("string")),
                .optional(
                  "data",
                  object([
                    .key("commit", nullable("string")), .optional("author", string),
                    .optional("date", time),
                  ])),
              ])),
            .key("initiatives", initiatives), .key("instances", instances),
            .key("changes", changes),
            .key(
              "events",
              list([
                .key("initiative", string), .optional("metric", string), .key("from", number),
                .key("to", number),
              ])),
            .key(
              "gates",
              list([
                .key("name", string), .key("outcome", choice(Gate.Outcome.self)),
                .key("stops", boolean), .key("code", choice(Gate.Code.self)),
                .key("reason", string), .optional("remedy", string),
              ])),
            .optional(
              "weakened",
              object([.key("digest", string), .key("changes", integer), .key("accepted", boolean)])),
            .key("exceptions", exceptions), .optional("breakGlass", breakGlass),
            .optional("renewal", renewal),
          ] + ImportedSource.all.map { .optional($0.key, scores(of: $0)) }))
  }

  // MARK: Parts

  private static var breakGlass: JSONValue {
    list([
      .key("id", string), .key("kind", choice(Instance.BreakGlass.Kind.self)),
      .key("instance", string), .key("owner", string), .key("reason", string),
    ])
  }

  private static var renewal: JSONValue {
    object([
      .key("definitions", boolean),
      .key(
        "observations",
        list([
          .key("instance", string), .key("recordedAt", time), .key("observedAt", time),
          .key("from", nullable("string")), .key("due", boolean),
        ])),
    ])
  }

  private static var reference: JSONValue {
    object([
      .key("revision", nullable("string")), .key("path", string), .key("digest", string),
    ])
  }

  private static var initiatives: JSONValue {
    list([
      .key("name", string), .key("title", string), .key("targetScore", integer),
      .key("score", score), .key("plannedScore", score), .key("achievableScore", score),
      .key("coverage", score), .key("before", score),
      .key(
        "metrics",
        list([
          .key("name", string), .key("title", string), .key("weight", choice(Weight.self)),
          .key("value", score), .key("before", score), .key("possible", integer),
          .key("earned", number),
        ])),
    ])
  }

  private static var instances: JSONValue {
    list([
      .key("name", string), .key("app", string), .key("displayName", string),
      .key("recommendations", ["enum": ["on", "off"]]), .key("observedAt", nullable("string")),
      .key("stale", boolean), .key("staleReason", nullable("string")),
      .optional("staleCode", choice(StaleReason.Code.self)),
      .key("failure", ["enum": .array(Fault.Code.allCases.map { .string($0.rawValue) } + [.null])]),
      .key("score", score), .key("before", score),
      .key(
        "collections",
        list([
          .key("name", string), .key("state", choice(CollectionSummary.State.self)),
          .key("count", integer), .optional("code", choice(Fault.Code.self)),
          .key("reason", nullable("string")),
        ])),
      .key("results", results),
    ])
  }

  private static var results: JSONValue {
    list([
      .key("recommendation", string), .key("title", string), .key("impact", choice(Impact.self)),
      .key("category", choice(Category.self)), .key("compliance", choice(Compliance.self)),
      .key("status", ["enum": .array(Status.allCases.map { .string($0.rawValue) } + [.null])]),
      .key("stale", boolean), .key("reason", nullable("string")),
      .key(
        "reasonCode", ["enum": .array(Reason.Code.allCases.map { .string($0.rawValue) } + [.null])]),
      .key("points", object([.key("earned", number), .key("possible", integer)])),
      .key("counted", integer), .key("compliantCount", integer), .key("affectedCount", integer),
      .key("exemptCount", integer),
      .key(
        "affected",
        list([.key("id", string), .key("label", string), .key("settings", ["type": "object"])])),
      .key(
        "evidence", list([.key("name", string), .key("value", true), .optional("expected", true)])),
      .key("expected", ["type": "object"]),
      .key(
        "controls",
        list([.key("framework", string), .key("id", string), .optional("part", string)])),
      .key(
        "initiatives", list([.key("name", string), .key("metric", string), .key("impact", number)])
      ),
      .optional("exception", string), .key("since", nullable("string")),
      .key("remediation", string), .optional("manage", string),
    ])
  }

  private static var changes: JSONValue {
    list([
      .key("type", choice(Change.Kind.self)), .optional("instance", string),
      .optional("recommendation", string), .optional("initiative", string),
      .optional("resource", string), .optional("from", true), .optional("to", true),
      .key("reason", string), .key("cause", choice(Change.Cause.self)),
      .optional("metric", string), .optional("exception", string), .optional("setting", string),
      .optional("resourceId", string), .optional("document", string),
      .optional("effect", choice(Bearing.self)), .optional("hides", string),
    ])
  }

  private static var exceptions: JSONValue {
    let commit = object([.key("commit", string), .key("author", string), .key("date", time)])
    return list([
      .key("name", string), .key("status", choice(Status.self)),
      .key("state", choice(Snapshot.Exception.State.self)),
      .key("recommendations", ["type": "array", "items": string]),
      .key("instances", ["type": "array", "items": string]),
      .key("resources", nullable("string")), .key("justification", string), .key("owner", string),
      .key("ticket", nullable("string")), .key("expires", nullable("string")),
      .key(
        "covers", object([.key("results", integer), .key("affectedResources", integer)])),
      .key(
        "effects",
        list([
          .key("initiative", string), .key("score", number), .key("plannedScore", number),
          .key("achievableScore", number),
        ])),
      .optional("introduced", commit), .optional("changed", commit),
    ])
  }

  private static func scores(of source: ImportedSource) -> JSONValue {
    let states: JSONValue = ["enum": .array(source.states.map(JSONValue.string))]
    return list([
      .key("source", ["const": .string(source.name)]),
      .key("instance", string), .key("scoredAt", nullable("string")),
      .key("currentScore", score), .key("maxScore", score), .key("reason", nullable("string")),
      .key(
        "counted",
        object([
          .key("earned", number), .key("possible", number), .key("count", integer),
          .key("samePractice", integer),
        ])),
      .key("recommendations", imported),
      .key(
        "writeBack",
        list([
          .key("control", string), .key("from", string), .key("to", states),
          .key("exception", nullable("string")), .key("comment", string),
          .key("obstacle", nullable("string")),
        ])),
      .key(
        "written",
        list([
          .key("control", string), .key("state", states),
          .key("exception", nullable("string")),
          .key("outcome", choice(Effect.Outcome.Kind.self)),
          .key("reason", nullable("string")), .key("at", time),
        ])),
    ])
  }

  private static var imported: JSONValue {
    list([
      .key("recommendation", string), .key("id", string), .key("title", string),
      .key("service", string), .key("app", nullable("string")),
      .key("instance", nullable("string")), .key("category", string), .key("tier", string),
      .key("compliance", choice(Compliance.self)),
      .key("status", ["enum": .array(Status.allCases.map { .string($0.rawValue) } + [.null])]),
      .key("reason", nullable("string")),
      .key("points", object([.key("earned", score), .key("possible", number)])),
      .key("counted", boolean),
      .key("samePractice", list([.key("instance", string), .key("recommendation", string)])),
      .key("userImpact", string), .key("implementationCost", string),
      .key("threats", ["type": "array", "items": string]), .key("standing", string),
      .key("state", string), .key("deprecated", boolean), .optional("exception", string),
      .key("remediation", string), .optional("manage", string),
    ])
  }

  // MARK: Words of the schema

  private struct Key {
    let name: String
    let schema: JSONValue
    let isRequired: Bool

    static func key(_ name: String, _ schema: JSONValue) -> Key {
      Key(name: name, schema: schema, isRequired: true)
    }

    static func optional(_ name: String, _ schema: JSONValue) -> Key {
      Key(name: name, schema: schema, isRequired: false)
    }
  }

  private static let string: JSONValue = ["type": "string"]
  private static let integer: JSONValue = ["type": "integer"]
  private static let number: JSONValue = ["type": "number"]
  private static let boolean: JSONValue = ["type": "boolean"]
  private static let time: JSONValue = ["type": "string", "format": "date-time"]
  private static let score: JSONValue = ["type": ["number", "null"]]

  private static func nullable(_ type: JSONValue) -> JSONValue { ["type": [type, "null"]] }

  private static func choice<Value: RawRepresentable<String> & CaseIterable>(_ type: Value.Type)
    -> JSONValue
  {
    ["enum": .array(type.allCases.map { .string($0.rawValue) })]
  }

  private static func object(_ keys: [Key]) -> JSONValue { .object(members(keys)) }

  private static func list(_ keys: [Key]) -> JSONValue {
    ["type": "array", "items": object(keys)]
  }

  private static func members(_ keys: [Key]) -> [(String, JSONValue)] {
    [
      ("type", "object"),
      ("required", .array(keys.filter(\.isRequired).map { .string($0.name) })),
      ("properties", .object(keys.map { ($0.name, $0.schema) })),
      ("additionalProperties", false),
    ]
  }
}
