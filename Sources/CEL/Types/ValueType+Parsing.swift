extension ValueType {
  /// Reads the written form: `TYPE = NAME | NAME "(" TYPE { ", " TYPE } ")"`.
  ///
  /// - Parameter parameters: The names that are type parameters.
  /// - Returns: nil when the text is no type.
  public init?(_ text: String, parameters: Set<String> = []) {
    var reader = Reader(rest: Substring(text), parameters: parameters)
    guard let type = reader.type(), reader.rest.isEmpty else { return nil }
    self = type
  }

  private struct Reader {
    var rest: Substring
    let parameters: Set<String>
    var depth = 0

    mutating func type() -> ValueType? {
      guard depth < 64 else { return nil }
      depth += 1
      defer { depth -= 1 }
      let name = String(rest.prefix { $0 != "(" && $0 != ")" && $0 != "," && $0 != " " })
      guard !name.isEmpty else { return nil }
      rest = rest.dropFirst(name.count)
      var arguments: [ValueType] = []
      if rest.first == "(" {
        rest = rest.dropFirst()
        repeat {
          if rest.first == "," { rest = rest.dropFirst() }
          rest = rest.drop { $0 == " " }
          guard let argument = type() else { return nil }
          arguments.append(argument)
        } while rest.first == ","
        guard rest.first == ")" else { return nil }
        rest = rest.dropFirst()
      }
      return ValueType.named(name, arguments, parameters: parameters)
    }
  }

  private static func named(
    _ name: String, _ arguments: [ValueType], parameters: Set<String>
  ) -> ValueType? {
    switch (name, arguments.count) {
    case ("list", 1): .list(arguments[0])
    case ("list", 0): .list(.dyn)
    case ("map", 2): .map(arguments[0], arguments[1])
    case ("map", 0): .map(.dyn, .dyn)
    case ("optional_type", 1): .optional(arguments[0])
    case ("optional_type", 0): .optional(.dyn)
    case ("type", 1): .type(arguments[0])
    case ("type", 0): .type(.dyn)
    case ("wrapper", 1): .wrapper(arguments[0])
    case (let name, 0) where parameters.contains(name): .parameter(name)
    case (let name, 0) where scalars[name] != nil: scalars[name]
    default: .abstract(name, arguments)
    }
  }

  private static let scalars: [String: ValueType] = [
    "dyn": .dyn, "null_type": .null, "bool": .bool, "int": .int, "uint": .uint, "double": .double,
    "string": .string, "bytes": .bytes, "google.protobuf.Timestamp": .timestamp,
    "timestamp": .timestamp,
    "google.protobuf.Duration": .duration, "duration": .duration,
  ]
}
