extension Environment {
  /// A name's candidates, the innermost namespace first: langdef, "Name Resolution".
  func candidates(for name: String, isAbsolute: Bool) -> [String] {
    guard !isAbsolute, !container.isEmpty else { return [name] }
    var result: [String] = []
    var namespace = Substring(container)
    while true {
      result.append("\(namespace).\(name)")
      guard let dot = namespace.lastIndex(of: ".") else { break }
      namespace = namespace[..<dot]
    }
    return result + [name]
  }

  /// The declared variable of a name.
  func variable(_ name: String, isAbsolute: Bool) -> (name: String, variable: Variable)? {
    for candidate in candidates(for: name, isAbsolute: isAbsolute) {
      if let variable = variables[candidate] { return (candidate, variable) }
    }
    return nil
  }

  /// The type that a name denotes: langdef, "Values", types.
  func typeDenoted(by name: String, isAbsolute: Bool) -> ValueType? {
    for candidate in candidates(for: name, isAbsolute: isAbsolute) {
      if let type = Self.denotedTypes[candidate] { return type }
    }
    return nil
  }

  private static let denotedTypes: [String: ValueType] = [
    "bool": .bool, "int": .int, "uint": .uint, "double": .double, "string": .string,
    "bytes": .bytes,
    "list": .list(.dyn), "map": .map(.dyn, .dyn), "null_type": .null, "type": .type(.dyn),
    "optional_type": .optional(.dyn), "google.protobuf.Timestamp": .timestamp,
    "google.protobuf.Duration": .duration, "net.IP": .ip, "net.CIDR": .cidr,
  ]

  /// A function that a name calls.
  enum Function: Sendable {
    case builtIn(FunctionDefinition)
    case defined(DefinedFunction)
    /// Only a signature: checked, never evaluated.
    case declared([Overload])

    var overloads: [Overload] {
      switch self {
      case .builtIn(let definition): definition.overloads
      case .defined(let function): [function.overload]
      case .declared(let overloads): overloads
      }
    }
  }

  /// The function of a name that is called without a receiver, or with one as `isMember` says.
  func function(_ name: String, isMember: Bool) -> (name: String, function: Function)? {
    let isAbsolute = name.hasPrefix(".")
    let bare = isAbsolute ? String(name.dropFirst()) : name
    for candidate in isMember ? [bare] : candidates(for: bare, isAbsolute: isAbsolute) {
      if !isMember, let defined = functions[candidate] { return (candidate, .defined(defined)) }
      if let declared = declarations[candidate] { return (candidate, .declared(declared)) }
      if let definition = FunctionDefinition.all[candidate],
        definition.library.map(libraries.contains) ?? true,
        definition.overloads.contains(where: { $0.isMember == isMember })
      {
        return (candidate, .builtIn(definition))
      }
    }
    return nil
  }

  /// The names a misspelt function could have been.
  func functionNames(isMember: Bool) -> [String] {
    let builtIn = FunctionDefinition.all.values
      .filter { definition in
        definition.library.map(libraries.contains) ?? true
          && definition.overloads.contains { $0.isMember == isMember }
      }
      .map(\.name).filter { $0.first?.isLetter ?? false }
    let macros = ["all", "exists", "exists_one", "existsOne", "map", "filter"]
    return builtIn + (isMember ? macros : functions.keys + ["has"])
  }
}
