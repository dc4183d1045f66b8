/// A JSON value as a tree that keeps the order of members: for what is built and written, not for large inputs.
public enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  /// Beyond `Int64.max`; smaller ones are ``int(_:)``, so that equal numbers are equal values.
  case uint(UInt64)
  case double(Double)
  case string(String)
  case array([JSONValue])
  case object([(String, JSONValue)])

  /// An unsigned integer, as ``int(_:)`` when it fits.
  public static func unsigned(_ value: UInt64) -> JSONValue {
    Int64(exactly: value).map(JSONValue.int) ?? .uint(value)
  }

  /// A copy of a parsed value, repeated members included.
  public init(_ view: JSONView) {
    self.init(view.cursor)
  }

  private init(_ cursor: JSONCursor) {
    switch cursor.content {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(value)
    case .uint(let value): self = .unsigned(value)
    case .double(let value): self = .double(value)
    case .string(let text): self = .string(text.string)
    case .array:
      var array: [JSONValue] = []
      array.reserveCapacity(cursor.count)
      var elements = cursor.elements
      while let element = elements.next() { array.append(JSONValue(element)) }
      self = .array(array)
    case .object:
      var object: [(String, JSONValue)] = []
      object.reserveCapacity(cursor.count)
      var members = cursor.members
      while let member = members.next() {
        object.append((member.name.string, JSONValue(member.value)))
      }
      self = .object(object)
    }
  }

  /// The member of that name, the first when it is repeated; nil when there is none or this is not an object.
  public subscript(_ name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.0 == name }?.1
  }

  /// The element at an index from 0; nil beyond the end and for another kind.
  public subscript(_ index: Int) -> JSONValue? {
    guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
    return elements[index]
  }

  /// The string; nil for another kind.
  public var string: String? { if case .string(let value) = self { value } else { nil } }
  /// The boolean; nil for another kind.
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// The signed integer; nil for another kind.
  public var int64: Int64? { if case .int(let value) = self { value } else { nil } }
  /// The number; nil for another kind.
  public var double: Double? {
    switch self {
    case .int(let value): Double(value)
    case .uint(let value): Double(value)
    case .double(let value): value
    default: nil
    }
  }
  /// The elements; nil for another kind.
  public var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }
  /// The members in order; nil for another kind.
  public var object: [(String, JSONValue)]? {
    if case .object(let value) = self { value } else { nil }
  }
}

extension JSONValue: Hashable {
  /// Whether both are the same kind with the same content, members in the same order.
  public static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.int(let left), .int(let right)): left == right
    case (.uint(let left), .uint(let right)): left == right
    case (.double(let left), .double(let right)): left == right
    case (.string(let left), .string(let right)): ExactText(left) == ExactText(right)
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)):
      left.count == right.count
        && zip(left, right).allSatisfy { ExactText($0.0) == ExactText($1.0) && $0.1 == $1.1 }
    default: false
    }
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .bool(let value): hasher.combine(value)
    case .int(let value): hasher.combine(value)
    case .uint(let value): hasher.combine(value)
    case .double(let value): hasher.combine(value)
    case .string(let value): hasher.combine(ExactText(value))
    case .array(let value): hasher.combine(value)
    case .object(let members):
      for (name, value) in members {
        hasher.combine(ExactText(name))
        hasher.combine(value)
      }
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A signed integer.
  public init(integerLiteral value: Int64) { self = .int(value) }
  /// A double.
  public init(floatLiteral value: Double) { self = .double(value) }
  /// A boolean.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// Null.
  public init(nilLiteral: ()) { self = .null }
  /// An array.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// An object with its members in the order written.
  public init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(elements) }
}
