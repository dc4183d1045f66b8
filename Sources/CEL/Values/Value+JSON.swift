public import JSON

extension JSONValue {
  /// A CEL value as JSON.
  ///
  /// Bytes become base64, timestamps RFC 3339, durations seconds (`"1.5s"`), types their names, IP addresses and ranges
  /// their text. An optional is its value, or null. A double that is not finite is `"NaN"`, `"Infinity"` or
  /// `"-Infinity"`. The keys of maps become strings; of an integer and a string key with the same text both are kept.
  public init(_ value: CEL.Value) {
    self.init(value.cell)
  }

  init(_ cell: Cell) {
    switch cell {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(value)
    case .uint(let value): self = .unsigned(value)
    case .double(let value):
      self =
        value.isFinite
        ? .double(value) : .string(value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity")
    case .string(let value): self = .string(value)
    case .text(let text): self = .string(text.string)
    case .array(let cursor), .object(let cursor): self = JSONValue(cursor.view)
    case .bytes(let bytes): self = .string(Base64.encode(bytes))
    case .list(let box): self = .array(box.elements.map { JSONValue($0) })
    case .map(let box):
      self = .object(
        box.entries.map { ($0.key.stringValue ?? $0.key.plainKey, JSONValue($0.value)) })
    case .timestamp(let time): self = .string(time.text)
    case .duration(let span): self = .string(span.text)
    case .type(let box): self = .string(box.type.name)
    case .optional(let box): self = box.wrapped.map { JSONValue($0) } ?? .null
    case .network(let box): self = .string(box.text)
    case .fault: self = .null
    }
  }
}

extension Cell {
  /// A map's key that is no string, without the suffix of `uint`.
  fileprivate var plainKey: String {
    switch self {
    case .uint(let value): String(value)
    default: literal
    }
  }
}

extension Value {
  /// The value as JSON. See ``JSON/JSONValue/init(_:)``.
  public var json: JSONValue { JSONValue(cell) }
}
