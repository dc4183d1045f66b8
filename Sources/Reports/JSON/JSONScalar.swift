package import JSON
package import Posture

/// What a member of an object can hold by itself: how it is written, and the schema of that.
protocol JSONScalar: JSONWritable {
  static var schema: JSONValue { get }
}

extension String: JSONScalar {
  static var schema: JSONValue { ["type": "string"] }
}

extension Int: JSONScalar {
  static var schema: JSONValue { ["type": "integer"] }
}

extension Double: JSONScalar {
  static var schema: JSONValue { ["type": "number"] }
}

extension Bool: JSONScalar {
  static var schema: JSONValue { ["type": "boolean"] }
}

extension JSONValue: JSONScalar {
  static var schema: JSONValue { true }
}

extension Array: JSONScalar where Element: JSONScalar {
  static var schema: JSONValue { ["type": "array", "items": Element.schema] }
}

extension Instant: JSONScalar {
  static var schema: JSONValue { ["type": "string", "format": "date-time"] }

  /// A text: RFC 3339.
  package func write(to writer: inout JSONWriter) { description.write(to: &writer) }
}

extension Optional: JSONScalar where Wrapped: JSONScalar {
  /// The type, or `null`; anything stays anything.
  static var schema: JSONValue {
    guard case .object(let members) = Wrapped.schema else { return Wrapped.schema }
    return .object(
      members.map { name, value in (name, name == "type" ? [value, "null"] : value) })
  }
}
