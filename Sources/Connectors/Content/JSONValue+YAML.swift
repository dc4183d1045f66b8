package import JSON
package import YAML

extension JSONValue {
  /// The same value as YAML wrote it; `.nan` and infinities, which JSON lacks, become null.
  package init(_ value: YAMLValue) {
    switch value {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(Int64(value))
    case .double(let value): self = value.isFinite ? .double(value) : .null
    case .string(let value): self = .string(value)
    case .list(let values): self = .array(values.map { JSONValue($0) })
    case .map(let entries): self = .object(entries.map { ($0.0, JSONValue($0.1)) })
    }
  }
}

extension YAMLValue {
  /// The same value as JSON wrote it.
  package init(_ value: JSONValue) {
    switch value {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(Int(value))
    case .uint(let value): self = .double(Double(value))
    case .double(let value): self = .double(value)
    case .string(let value): self = .string(value)
    case .array(let values): self = .list(values.map { YAMLValue($0) })
    case .object(let members): self = .map(members.map { ($0.0, YAMLValue($0.1)) })
    }
  }
}

extension NodeDecoder where Value == JSONValue {
  /// Any value.
  package static var json: NodeDecoder<JSONValue> {
    NodeDecoder<YAMLValue>.value.map { JSONValue($0) }
  }
}
