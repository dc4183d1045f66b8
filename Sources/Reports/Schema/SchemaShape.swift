internal import JSON

/// What may stand at one place of a YAML document, and the JSON Schema that says so.
///
/// Only keywords that draft 7 and draft 2020-12 share, which editors' YAML language servers know.
indirect enum SchemaShape: Sendable {
  /// Anything.
  case any
  /// A string, which may be empty.
  case string
  /// A string with something in it.
  case text
  /// A string of one form.
  case pattern(String)
  /// A scalar as it is written: `5.1` is the text `5.1`.
  case written
  case integer(ClosedRange<Int>)
  case boolean
  /// A switch: `on`, `off`, `true`, `false`.
  case onOff
  case choice([String])
  case list(SchemaShape)
  case nonEmptyList(SchemaShape)
  /// A mapping whose keys are the writer's.
  case entries(SchemaShape)
  case object([SchemaField], rules: [(String, JSONValue)] = [])
  case either([SchemaShape])

  /// `30m`, `24h`, `14d`, `1d12h`.
  static var timespan: SchemaShape {
    .pattern("^(?=.)([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?$")
  }
  /// `2027-03-31`.
  static var date: SchemaShape { .pattern("^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$") }
  /// A DNS label.
  static var name: SchemaShape { .pattern("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$") }
  /// A path that stays inside the repository.
  static var repositoryPath: SchemaShape { .pattern("^(?!/)(?!(.*/)?\\.\\.(/|$))[^\\\\]+$") }

  /// One of an enumeration's cases.
  static func choice<Value: RawRepresentable<String> & CaseIterable>(of type: Value.Type)
    -> SchemaShape
  {
    .choice(type.allCases.map(\.rawValue))
  }

  /// The schema, as members of an object.
  var members: [(String, JSONValue)] {
    switch self {
    case .any: []
    case .string: [("type", "string")]
    case .text: [("type", "string"), ("pattern", "\\S")]
    case .pattern(let pattern): [("type", "string"), ("pattern", .string(pattern))]
    case .written: [("type", ["string", "number", "boolean"])]
    case .integer(let range):
      [
        ("type", "integer"), ("minimum", .int(Int64(range.lowerBound))),
        ("maximum", .int(Int64(range.upperBound))),
      ]
    case .boolean: [("type", "boolean")]
    case .onOff: [("enum", ["on", "off", true, false])]
    case .choice(let values): [("enum", .array(values.map(JSONValue.string)))]
    case .list(let element): [("type", "array"), ("items", .object(element.members))]
    case .nonEmptyList(let element):
      [("type", "array"), ("items", .object(element.members)), ("minItems", 1)]
    case .entries(let value):
      [("type", "object"), ("additionalProperties", .object(value.members))]
    case .object(let fields, let rules): SchemaField.members(of: fields) + rules
    case .either(let shapes):
      [("anyOf", .array(shapes.map { .object($0.members) }))]
    }
  }
}

/// A field of a mapping, and what it means.
struct SchemaField: Sendable {
  let name: String
  let shape: SchemaShape
  let isRequired: Bool
  let description: String

  static func required(_ name: String, _ shape: SchemaShape, _ description: String) -> SchemaField {
    SchemaField(name: name, shape: shape, isRequired: true, description: description)
  }

  static func optional(_ name: String, _ shape: SchemaShape, _ description: String) -> SchemaField {
    SchemaField(name: name, shape: shape, isRequired: false, description: description)
  }

  /// A mapping that has these fields and no others.
  static func members(of fields: [SchemaField]) -> [(String, JSONValue)] {
    let required = fields.filter(\.isRequired).map { JSONValue.string($0.name) }
    return [("type", "object")] + (required.isEmpty ? [] : [("required", .array(required))])
      + [
        (
          "properties",
          .object(
            fields.map { field in
              (
                field.name,
                .object([("description", .string(field.description))] + field.shape.members)
              )
            })
        ),
        ("additionalProperties", false),
      ]
  }
}
