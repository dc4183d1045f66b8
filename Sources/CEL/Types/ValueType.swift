/// A type of the Common Expression Language, as the checker sees it.
///
/// langdef, "Values" and "Gradual Type Checking". Written as in the language's documentation: `list(string)`,
/// `map(string, dyn)`, `optional_type(int)`, `google.protobuf.Timestamp`.
public indirect enum ValueType: Hashable, Sendable {
  /// Any value; checked when evaluated. What JSON is declared as.
  case dyn
  case null
  case bool
  case int
  case uint
  case double
  case string
  case bytes
  case timestamp
  case duration
  case list(ValueType)
  case map(ValueType, ValueType)
  case optional(ValueType)
  /// A type as a value: `type(1)` is of type `type(int)`.
  case type(ValueType)
  /// A nullable scalar.
  case wrapper(ValueType)
  /// A named type without structure that CEL sees: `net.IP`.
  case abstract(String, [ValueType])
  /// A parameter of an overload, or of the checker's own making; no declared variable has such a type.
  case parameter(String)

  /// A list of values of any type.
  public static var list: ValueType { .list(.dyn) }
  /// A map with string keys: the shape of a JSON object.
  public static var object: ValueType { .map(.string, .dyn) }
  /// An IP address of the network library.
  public static var ip: ValueType { .abstract("net.IP", []) }
  /// An IP range of the network library.
  public static var cidr: ValueType { .abstract("net.CIDR", []) }
  /// The type of types whose parameter is not said.
  public static var type: ValueType { .type(.dyn) }

  /// The name without parameters, as `type(x)` shows it: `list`, `null_type`, `google.protobuf.Duration`.
  public var name: String {
    switch self {
    case .dyn: "dyn"
    case .null: "null_type"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .timestamp: "google.protobuf.Timestamp"
    case .duration: "google.protobuf.Duration"
    case .list: "list"
    case .map: "map"
    case .optional: "optional_type"
    case .type: "type"
    case .wrapper: "wrapper"
    case .abstract(let name, _): name
    case .parameter(let name): name
    }
  }

  /// The types in parentheses.
  public var parameters: [ValueType] {
    switch self {
    case .list(let element): [element]
    case .map(let key, let value): [key, value]
    case .optional(let wrapped), .wrapper(let wrapped): [wrapped]
    case .type(let named): named == .dyn ? [] : [named]
    case .abstract(_, let parameters): parameters
    default: []
    }
  }

  /// The same type with other types in parentheses; as many as ``parameters`` has.
  func replacingParameters(_ replace: (ValueType) -> ValueType) -> ValueType {
    switch self {
    case .list(let element): .list(replace(element))
    case .map(let key, let value): .map(replace(key), replace(value))
    case .optional(let wrapped): .optional(replace(wrapped))
    case .wrapper(let wrapped): .wrapper(replace(wrapped))
    case .type(let named): .type(replace(named))
    case .abstract(let name, let parameters): .abstract(name, parameters.map(replace))
    default: self
    }
  }
}

extension ValueType: CustomStringConvertible {
  /// The name with its parameters: `map(string, list(int))`.
  public var description: String {
    let parameters = parameters
    guard !parameters.isEmpty else { return name }
    return "\(name)(\(parameters.map(\.description).joined(separator: ", ")))"
  }
}
