public import JSON

/// A value of the Common Expression Language.
///
/// langdef, "Values". A value that shows part of a JSON document keeps the document alive.
public struct Value: Sendable {
  let cell: Cell
  /// What the cell points into.
  let owner: (any AnyObject & Sendable)?

  init(cell: Cell) {
    self.cell = cell
    guard cell.isUnowned else {
      owner = nil
      return
    }
    var owners: [any AnyObject & Sendable] = []
    cell.forEachOwner { found in
      if !owners.contains(where: { $0 === found }) { owners.append(found) }
    }
    owner = owners.count == 1 ? owners[0] : Owners(owners)
  }

  private init(_ cell: Cell, owner: any AnyObject & Sendable) {
    self.cell = cell
    self.owner = owner
  }

  /// Several owners as one.
  private final class Owners: Sendable {
    let all: [any AnyObject & Sendable]
    init(_ all: [any AnyObject & Sendable]) { self.all = all }
  }

  // MARK: Making values

  /// A JSON value, read in place: objects are maps, arrays lists, integers `int` (beyond `Int64.max` `uint`), other
  /// numbers `double`.
  public init(_ view: JSONView) {
    self.init(Cell(JSONCursor(view)), owner: view.document)
  }

  /// A JSON tree, copied. Of a repeated member the first counts.
  public init(_ value: JSONValue) {
    switch value {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(value)
    case .uint(let value): self = .uint(value)
    case .double(let value): self = .double(value)
    case .string(let value): self = .string(value)
    case .array(let elements): self = .list(elements.map { Value($0) })
    case .object(let members): self = .map(members.map { ($0.0, Value($0.1)) })
    }
  }

  /// Null.
  public static let null = Value(cell: .null)
  /// A boolean.
  public static func bool(_ value: Bool) -> Value { Value(cell: .bool(value)) }
  /// A signed integer.
  public static func int(_ value: Int64) -> Value { Value(cell: .int(value)) }
  /// An unsigned integer.
  public static func uint(_ value: UInt64) -> Value { Value(cell: .uint(value)) }
  /// A double.
  public static func double(_ value: Double) -> Value { Value(cell: .double(value)) }
  /// A string.
  public static func string(_ value: String) -> Value { Value(cell: .string(value)) }
  /// Bytes.
  public static func bytes(_ value: [UInt8]) -> Value { Value(cell: .bytes(value)) }
  /// A point in time.
  public static func timestamp(_ value: Timestamp) -> Value { Value(cell: .timestamp(value)) }
  /// A length of time.
  public static func duration(_ value: TimeSpan) -> Value { Value(cell: .duration(value)) }
  /// A list.
  public static func list(_ elements: [Value]) -> Value {
    Value(cell: .list(ListBox(elements.map(\.cell))))
  }
  /// A map with string keys in that order; of a repeated key the first counts.
  public static func map(_ entries: [(String, Value)]) -> Value {
    var seen: Set<CodePoints> = []
    let distinct = entries.filter { seen.insert(CodePoints($0.0)).inserted }
      .map { (key: Cell.string($0.0), value: $0.1.cell) }
    return Value(cell: .map((try? MapBox.make(distinct)) ?? .empty))
  }
  /// A map with keys of the types that CEL allows; nil when a key is of another type or repeated.
  public static func map(_ entries: [(Value, Value)]) -> Value? {
    let cells = entries.map { (key: $0.0.cell, value: $0.1.cell) }
    return (try? MapBox.make(cells)).map { Value(cell: .map($0)) }
  }
  /// A type as a value.
  public static func type(_ type: ValueType) -> Value { Value(cell: .type(TypeBox(type))) }
  /// An optional value.
  public static func optional(_ wrapped: Value?) -> Value {
    Value(cell: .optional(wrapped.map { OptionalBox($0.cell) } ?? .none))
  }

  // MARK: Reading values

  /// The value's type, without parameters: a list is `list(dyn)`.
  public var type: ValueType { cell.type }

  /// Whether it is null.
  public var isNull: Bool { if case .null = cell { true } else { false } }
  /// The boolean; nil for another type.
  public var bool: Bool? { if case .bool(let value) = cell { value } else { nil } }
  /// The signed integer; nil for another type.
  public var int: Int64? { if case .int(let value) = cell { value } else { nil } }
  /// The unsigned integer; nil for another type.
  public var uint: UInt64? { if case .uint(let value) = cell { value } else { nil } }
  /// The double; nil for another type.
  public var double: Double? { if case .double(let value) = cell { value } else { nil } }
  /// The string; nil for another type.
  public var string: String? { cell.stringValue }
  /// The bytes; nil for another type.
  public var bytes: [UInt8]? { if case .bytes(let value) = cell { value } else { nil } }
  /// The point in time; nil for another type.
  public var timestamp: Timestamp? { if case .timestamp(let value) = cell { value } else { nil } }
  /// The length of time; nil for another type.
  public var duration: TimeSpan? { if case .duration(let value) = cell { value } else { nil } }
  /// What an optional holds: `.some(nil)` when it holds nothing; nil for another type.
  public var optional: Value?? {
    if case .optional(let box) = cell { .some(box.wrapped.map { Value(cell: $0) }) } else { nil }
  }

  /// The elements of a list in order; nil for another type.
  public var list: [Value]? {
    switch cell {
    case .list(let box): return box.elements.map { Value(cell: $0) }
    case .array(let cursor):
      var result: [Value] = []
      result.reserveCapacity(cursor.count)
      var elements = cursor.elements
      while let element = elements.next() { result.append(Value(cell: Cell(element))) }
      return result
    default: return nil
    }
  }

  /// The entries of a map in order; nil for another type.
  public var map: [(key: Value, value: Value)]? {
    switch cell {
    case .map(let box): return box.entries.map { (Value(cell: $0.key), Value(cell: $0.value)) }
    case .object(let cursor):
      var result: [(key: Value, value: Value)] = []
      result.reserveCapacity(cursor.count)
      var members = cursor.members
      while let member = members.next() {
        result.append((Value(cell: .text(member.name)), Value(cell: Cell(member.value))))
      }
      return result
    default: return nil
    }
  }

  /// The JSON that the value shows in place; nil when it was computed and for scalars.
  public var view: JSONView? {
    switch cell {
    case .array(let cursor), .object(let cursor): cursor.view
    default: nil
    }
  }
}

extension Value: Equatable {
  /// Whether both are of the same type with the same content: `1` is not `1.0`, NaN is NaN. CEL's own `==` equates
  /// numbers of different types.
  public static func == (left: Value, right: Value) -> Bool {
    Identity.isSame(left.cell, right.cell)
  }
}
