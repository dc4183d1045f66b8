internal import JSON

/// What a test of a recommendation gives of the observation.
struct TestInput {
  /// Where a value stands that a condition names.
  enum Root: Hashable, Sendable {
    case resource
    case parent
    case collection(String)

    /// The root as conditions write it.
    var name: String {
      switch self {
      case .resource: "resource"
      case .parent: "parent"
      case .collection(let name): "collections.\(name)"
      }
    }
  }

  let roots: [(root: Root, value: JSONValue)]

  /// - Returns: What the conditions can read of the test's input: a collection that the test does not give is empty.
  init(_ input: JSONValue, for compiled: CompiledRecommendation) {
    var roots: [(root: Root, value: JSONValue)] = []
    if compiled.recommendation.collection != nil, let resource = input["resource"] {
      roots.append((.resource, resource))
    }
    if compiled.readsParent, let parent = input["parent"] { roots.append((.parent, parent)) }
    for (name, _) in compiled.lists {
      roots.append((.collection(name), input["collections"]?[name] ?? []))
    }
    self.roots = roots
  }
}

/// Values and member names at every path of what the tests of one recommendation give, lists passed through.
struct ShownValues {
  private var values: [Key: [JSONValue]] = [:]
  private var names: [Key: [String]] = [:]
  /// How many different values of one path are worth trying.
  private static let limit = 24

  struct Key: Hashable {
    let collection: String
    let path: [String]
  }

  /// The values at a path, each once, in the order of the tests.
  func values(at key: Key) -> [JSONValue] { values[key] ?? [] }
  /// The names of the members that an object at a path was ever given.
  func names(at key: Key) -> [String] { names[key] ?? [] }

  mutating func add(_ value: JSONValue, at key: Key) {
    if values[key]?.contains(value) != true, values[key]?.count ?? 0 < Self.limit {
      values[key, default: []].append(value)
    }
    addContents(of: value, at: key)
  }

  private mutating func addContents(of value: JSONValue, at key: Key) {
    switch value {
    case .object(let members):
      for (name, member) in members {
        if names[key]?.contains(name) != true { names[key, default: []].append(name) }
        add(member, at: Key(collection: key.collection, path: key.path + [name]))
      }
    case .array(let elements):
      for element in elements { addContents(of: element, at: key) }
    default: break
    }
  }
}
