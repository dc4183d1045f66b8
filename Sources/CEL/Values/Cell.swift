internal import JSON

/// A value while it is computed.
///
/// Scalars, and everything inside a JSON document, are held without reference counting: a cell may point into a document
/// or a program's constants without keeping it alive. Whoever holds cells keeps their owners: an ``Activation`` those of
/// its slots, a ``Program`` its constants, a ``Value`` whatever it shows.
enum Cell: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case double(Double)
  /// A string that was computed.
  case string(String)
  /// A string of a document or a constant.
  case text(JSONText)
  /// An array of a document.
  case array(JSONCursor)
  /// An object of a document.
  case object(JSONCursor)
  case bytes([UInt8])
  case list(ListBox)
  case map(MapBox)
  case timestamp(Timestamp)
  case duration(TimeSpan)
  case type(TypeBox)
  case optional(OptionalBox)
  case network(NetworkBox)
  /// An error in a variable's place, thrown where the variable is used; never a value.
  case fault(Fault)

  /// What a cursor points at.
  @inline(__always) init(_ cursor: JSONCursor) {
    switch cursor.content {
    case .string(let text): self = .text(text)
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(value)
    case .uint(let value): self = .uint(value)
    case .double(let value): self = .double(value)
    case .object: self = .object(cursor)
    case .array: self = .array(cursor)
    case .null: self = .null
    }
  }

  /// The object of a document that it is; nil for anything else.
  @inline(__always) var cursor: JSONCursor? {
    if case .object(let cursor) = self { cursor } else { nil }
  }

  /// Whether it is a list, built or of a document.
  var isList: Bool {
    switch self {
    case .list, .array: true
    default: false
    }
  }

  /// The type's name, as `type(x)` shows it.
  var typeName: String { type.name }

  /// The runtime type, without parameters.
  var type: ValueType {
    switch self {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .string, .text: .string
    case .bytes: .bytes
    case .array, .list: .list(.dyn)
    case .object, .map: .map(.dyn, .dyn)
    case .timestamp: .timestamp
    case .duration: .duration
    case .type: .type(.dyn)
    case .optional: .optional(.dyn)
    case .network(let box): box.prefix == nil ? .ip : .cidr
    case .fault: .dyn
    }
  }

  /// The string, copied when it is part of a document; nil for another type.
  var stringValue: String? {
    switch self {
    case .string(let value): value
    case .text(let text): text.string
    default: nil
    }
  }

  /// How much of ``Limits/size`` it takes as a part of something.
  var weight: Int {
    switch self {
    case .string(let value): 16 + value.utf8.count
    case .bytes(let bytes): 16 + bytes.count
    case .text: 16
    case .array(let cursor), .object(let cursor): 16 &* cursor.extent
    case .list(let list): list.weight
    case .map(let map): map.weight
    case .optional(let optional): optional.weight
    default: 16
    }
  }

  /// How deep lists, maps and optionals nest in it, not counting JSON, which its parser bounds.
  var depth: Int {
    switch self {
    case .list(let list): list.depth
    case .map(let map): map.depth
    case .optional(let optional): optional.depth
    default: 0
    }
  }

  /// Whether it points into something that it does not keep alive.
  var isUnowned: Bool {
    switch self {
    case .text, .array, .object: true
    case .list(let list): list.isUnowned
    case .map(let map): map.isUnowned
    case .optional(let optional): optional.isUnowned
    default: false
    }
  }

  /// Calls a closure for every document and constant it points into.
  func forEachOwner(_ body: (JSONTextOwner) -> Void) {
    switch self {
    case .text(let text): body(text.owner)
    case .array(let cursor), .object(let cursor): body(cursor.document)
    case .list(let list) where list.isUnowned:
      for element in list.elements { element.forEachOwner(body) }
    case .map(let map) where map.isUnowned:
      for entry in map.entries {
        entry.key.forEachOwner(body)
        entry.value.forEachOwner(body)
      }
    case .optional(let optional) where optional.isUnowned: optional.wrapped?.forEachOwner(body)
    default: break
    }
  }
}
