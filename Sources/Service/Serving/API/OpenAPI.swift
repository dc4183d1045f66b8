#if Service
internal import JSON

/// The description of the interface ([OpenAPI 3.1](https://spec.openapis.org/oas/v3.1.0)), made of the table that serves it.
enum OpenAPI {
  static let path = "/openapi.json"

  /// - Parameter scheme: How who asks proves who they are, as components name it; nil where nobody does, or a proxy does.
  static func document(version: String, security: SecurityScheme?) -> JSONValue {
    var schemas: [(String, JSONValue)] = [("Problem", Problem.schema)]
    var paths: [(String, JSONValue)] = []
    for route in APIRoutes.all {
      let (kind, schema) = route.answer()
      if !schemas.contains(where: { $0.0 == kind }) { schemas.append((kind, schema)) }
      paths.append((APIRoute.base + route.path, ["get": operation(route, kind: kind)]))
    }
    paths.append(
      (
        APIRoute.base + path,
        [
          "get": [
            "operationId": "openapi", "summary": "This description.",
            "responses": .object(
              [("200", content("application/json", .object([("type", "object")])))] + faults),
          ]
        ]
      ))
    var members: [(String, JSONValue)] = [
      ("openapi", "3.1.0"),
      (
        "info",
        [
          "title": "Plumb", "version": .string(version),
          "description":
            "The posture that is recorded on a reports branch. Nothing can be changed here. Documents are those that the commands write as JSON.",
        ]
      ), ("servers", [["url": "/"]]), ("paths", .object(paths)),
    ]
    var components: [(String, JSONValue)] = [("schemas", .object(schemas))]
    if let security {
      components.append(("securitySchemes", .object(security.schemes)))
      members.append(("security", .array(security.schemes.map { .object([($0.0, .array([]))]) })))
    }
    members.append(("components", .object(components)))
    return .object(members)
  }

  private static func operation(_ route: APIRoute, kind: String) -> JSONValue {
    let variable = route.variable.map {
      APIParameter(name: "name", form: .name, description: $0).described(in: "path")
    }
    let id = route.path.split(separator: "/").map { $0 == "{name}" ? "one" : String($0) }
      .joined(separator: "-")
    return [
      "operationId": .string(id), "summary": .string(route.summary),
      "parameters": .array(
        [variable].compactMap(\.self) + route.parameters.map { $0.described(in: "query") }),
      "responses": .object(
        [("200", content("application/json", reference(kind)))] + faults),
    ]
  }

  private static let faults: [(String, JSONValue)] = [
    ("400", fault("The request is not as described here.")),
    ("401", fault("Nobody is proved to ask.")), ("403", fault("Who asks may not.")),
    ("404", fault("There is none of this name.")),
    ("409", fault("The cursor is of another report than the one that is served.")),
    ("413", fault("The request has a body.")), ("421", fault("The request is for another server.")),
    ("500", fault("The record cannot be read.")), ("503", fault("There is no report yet.")),
  ]

  private static func fault(_ description: JSONValue) -> JSONValue {
    [
      "description": description,
      "content": .object([(Problem.contentType, .object([("schema", reference("Problem"))]))]),
    ]
  }

  private static func content(_ type: String, _ schema: JSONValue) -> JSONValue {
    [
      "description": "As asked.", "headers": ["ETag": ["schema": ["type": "string"]]],
      "content": .object([(type, .object([("schema", schema)]))]),
    ]
  }

  private static func reference(_ kind: String) -> JSONValue {
    .object([("$ref", .string("#/components/schemas/\(kind)"))])
  }

  /// How who asks proves who they are.
  struct SecurityScheme: Sendable {
    let schemes: [(String, JSONValue)]

    static let token = SecurityScheme(schemes: [
      ("bearer", .object([("type", "http"), ("scheme", "bearer")])),
      ("basic", .object([("type", "http"), ("scheme", "basic")])),
    ])

    static func field(_ name: String) -> SecurityScheme {
      SecurityScheme(schemes: [
        ("proxy", .object([("type", "apiKey"), ("in", "header"), ("name", .string(name))]))
      ])
    }
  }
}
#endif
