/// What a ``JSONCursor`` points at, with scalars by value.
@frozen public enum JSONContent: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  /// Beyond `Int64.max`.
  case uint(UInt64)
  case double(Double)
  case string(JSONText)
  case array
  case object
}

/// The kinds of JSON values. Numbers are told apart by how they are written.
@frozen public enum JSONKind: String, Hashable, Sendable {
  case null
  case bool
  /// A number without fraction and exponent that fits in `Int64`.
  case int
  /// A number without fraction and exponent beyond `Int64.max`.
  case uint
  /// A number with a fraction or an exponent.
  case double
  case string
  case array
  case object

  @inlinable init(tag: UInt8) {
    switch tag {
    case UInt8(ascii: "\""): self = .string
    case UInt8(ascii: "{"): self = .object
    case UInt8(ascii: "["): self = .array
    case UInt8(ascii: "l"): self = .int
    case UInt8(ascii: "u"): self = .uint
    case UInt8(ascii: "d"): self = .double
    case UInt8(ascii: "t"), UInt8(ascii: "f"): self = .bool
    default: self = .null
    }
  }
}
