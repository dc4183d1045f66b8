private import Foundation
package import JSON

/// Checks values against the part of JSON Schema, drafts 4 to 7, that Plumb's schemas and SARIF's use.
///
/// A keyword that is not known here is a fault itself: nothing goes unchecked.
package struct SchemaChecker {
  private(set) var faults: [String] = []
  /// The whole schema, which references are about.
  private let root: JSONValue

  package static func faults(of value: JSONValue, against schema: JSONValue) -> [String] {
    var checker = SchemaChecker(root: schema)
    checker.check(value, schema, at: "$")
    return checker.faults
  }

  private init(root: JSONValue) { self.root = root }

  private func accepts(_ value: JSONValue, _ schema: JSONValue) -> Bool {
    var checker = SchemaChecker(root: root)
    checker.check(value, schema, at: "$")
    return checker.faults.isEmpty
  }

  private mutating func check(_ value: JSONValue, _ schema: JSONValue, at path: String) {
    if case .bool(let isAllowed) = schema {
      if !isAllowed { faults.append("\(path): nothing may stand here") }
      return
    }
    for (keyword, argument) in schema.object ?? [] {
      check(value, keyword, argument, in: schema, at: path)
    }
  }

  private mutating func check(
    _ value: JSONValue, _ keyword: String, _ argument: JSONValue, in schema: JSONValue,
    at path: String
  ) {
    func fail(_ message: String) { faults.append("\(path): \(message)") }
    switch keyword {
    case "$schema", "id", "title", "description", "markdownDescription", "default", "definitions",
      "then":
      break
    case "format":
      if argument == "uri", let text = value.string, URL(string: text)?.scheme == nil {
        fail("'\(text)' is no URI")
      }
    case "$ref":
      let names = (argument.string ?? "").split(separator: "/").map(String.init)
      guard names.first == "#" else {
        fail("the reference \(argument) leaves the schema")
        break
      }
      guard let target = names.dropFirst().reduce(Optional(root), { $0?[$1] }) else {
        fail("the reference \(argument) leads nowhere")
        break
      }
      check(value, target, at: path)
    case "uniqueItems":
      if let list = value.array, Set(list).count < list.count { fail("has an element twice") }
    case "type":
      let allowed = (argument.array ?? [argument]).compactMap(\.string)
      if !allowed.contains(where: { Self.isOf($0, value) }) {
        fail("is not \(allowed.joined(separator: " or "))")
      }
    case "const": if value != argument { fail("is not \(argument)") }
    case "enum":
      if argument.array?.contains(value) != true { fail("is none of the values") }
    case "required":
      guard value.object != nil else { break }
      for name in (argument.array ?? []).compactMap(\.string) where value[name] == nil {
        fail("'\(name)' is missing")
      }
    case "properties":
      for (name, inner) in argument.object ?? [] {
        if let member = value[name] { check(member, inner, at: "\(path).\(name)") }
      }
    case "additionalProperties":
      let known = (schema["properties"]?.object ?? []).map(\.0)
      for (name, member) in value.object ?? [] where !known.contains(name) {
        check(member, argument, at: "\(path).\(name)")
      }
    case "items":
      for (index, element) in (value.array ?? []).enumerated() {
        check(element, argument, at: "\(path)[\(index)]")
      }
    case "minItems":
      if let list = value.array, list.count < bound(argument) { fail("is too short") }
    case "minProperties":
      if let members = value.object, members.count < bound(argument) { fail("has too few members") }
    case "maxProperties":
      if let members = value.object, members.count > bound(argument) {
        fail("has too many members")
      }
    case "minimum": if let number = value.int64, number < bound(argument) { fail("is too small") }
    case "maximum": if let number = value.int64, number > bound(argument) { fail("is too great") }
    case "pattern":
      guard let text = value.string, let pattern = argument.string else { break }
      guard let expression = try? Regex(pattern) else {
        fail("the pattern \(pattern) is none")
        break
      }
      if text.firstMatch(of: expression) == nil { fail("'\(text)' does not match \(pattern)") }
    case "anyOf":
      if argument.array?.contains(where: { accepts(value, $0) }) != true {
        fail("fits none of anyOf")
      }
    case "oneOf":
      if argument.array?.count(where: { accepts(value, $0) }) != 1 {
        fail("does not fit exactly one of oneOf")
      }
    case "allOf": for inner in argument.array ?? [] { check(value, inner, at: path) }
    case "if":
      if accepts(value, argument), let then = schema["then"] { check(value, then, at: path) }
    default: fail("the keyword '\(keyword)' is not known to the checker")
    }
  }

  private func bound(_ argument: JSONValue) -> Int { Int(argument.int64 ?? 0) }

  private static func isOf(_ type: String, _ value: JSONValue) -> Bool {
    switch (type, value) {
    case ("null", .null), ("boolean", .bool), ("string", .string), ("array", .array),
      ("object", .object), ("integer", .int), ("integer", .uint), ("number", .int),
      ("number", .uint), ("number", .double):
      true
    default: false
    }
  }
}
