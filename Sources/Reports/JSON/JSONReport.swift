package import JSON
package import Posture

/// The plan as JSON: an interface, with a stable order of keys.
///
/// A key that is optional in ``schema`` is left out when there is nothing to say; every other key is
/// always there, with `null` for no value. Scores are rounded once, to one decimal. What the catalog
/// says of a recommendation stands once, in `recommendations`.
package enum JSONReport {
  package static let apiVersion = "plumb/v1"

  /// - Parameters:
  ///   - filter: What is shown of it.
  ///   - maxAffected: How many affected resources are listed for a result; counts are of all.
  /// - Returns: Indented JSON with a line feed at its end.
  package static func plan(
    _ plan: Plan, filter: PlanFilter = PlanFilter(), maxAffected: Int = 100
  ) -> [UInt8] {
    bytes(.plan(maxAffected: maxAffected), of: filter.applied(to: plan))
  }

  /// The JSON Schema (draft 2020-12) of what ``plan(_:filter:maxAffected:)`` writes.
  package static var schema: JSONValue {
    .object(
      [
        ("$schema", "https://json-schema.org/draft/2020-12/schema"),
        ("title", "Plumb plan"),
        ("description", "What the posture is, and how it differs from what was recorded."),
      ] + JSONShape.plan(maxAffected: 0).schemaMembers)
  }

  /// An indented document with a line feed at its end.
  static func document(_ kind: String, _ body: (inout JSONWriter) -> Void) -> [UInt8] {
    indented { writer in
      writer.member("apiVersion", apiVersion)
      writer.member("kind", kind)
      body(&writer)
    }
  }

  /// The value as an indented document with a line feed at its end.
  static func bytes<Value>(_ shape: JSONShape<Value>, of value: Value) -> [UInt8] {
    indented { shape.write(value, to: &$0) }
  }

  private static func indented(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
    var writer = JSONWriter(layout: .pretty)
    writer.object(body)
    writer.newline()
    return VisibleJSON.bytes(writer.bytes)
  }
}
