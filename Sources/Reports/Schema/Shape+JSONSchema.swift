internal import JSON
internal import YAML

extension Shape {
  /// The JSON Schema, as members of an object.
  ///
  /// Only keywords that draft 7 and draft 2020-12 share, which editors' YAML language servers know.
  var members: [(String, JSONValue)] {
    switch self {
    case .any: []
    case .string: [("type", "string")]
    case .text: [("type", "string"), ("pattern", "\\S")]
    case .pattern(let pattern, _): [("type", "string"), ("pattern", .string(pattern))]
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
    case .object(let fields, let rules): Self.members(of: fields) + rules.flatMap(\.members)
    case .either(let shapes):
      [("anyOf", .array(shapes.map { .object($0.members) }))]
    }
  }

  /// A mapping that has these fields and no others.
  private static func members(of fields: [FieldShape]) -> [(String, JSONValue)] {
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

extension Shape.Rule {
  /// The rule, as members of the mapping's schema.
  fileprivate var members: [(String, JSONValue)] {
    func required(_ names: [String]) -> JSONValue {
      .array(names.map { ["required": [.string($0)]] })
    }
    return switch self {
    case .exactlyOne(let names): [("oneOf", required(names))]
    case .single: [("minProperties", 1), ("maxProperties", 1)]
    case .atLeastOne(let names): [("anyOf", required(names))]
    case .together(let name, let other):
      [("if", ["required": [.string(name)]]), ("then", ["required": [.string(other)]])]
    case .required(let name, let field, let values):
      [
        (
          "if",
          [
            "properties": .object([
              (field, .object([("enum", .array(values.map(JSONValue.string)))]))
            ]),
            "required": [.string(field)],
          ]
        ),
        ("then", ["required": [.string(name)]]),
      ]
    }
  }
}
