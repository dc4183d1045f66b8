internal import CEL
internal import JSON
internal import YAML

/// The words and constants of a recommendation's conditions, with those of the definitions that they use.
struct Vocabulary {
  /// Names of fields, and texts that may be names of fields.
  private(set) var names: Set<String> = []
  /// Each once, in the order of writing.
  private(set) var strings: [String] = []
  private(set) var numbers: [JSONValue] = []

  init(_ recommendation: Recommendation, definitions: Definitions?) {
    var pending =
      [recommendation.filter?.value, recommendation.compliant.value].compactMap(\.self)
      + recommendation.variables.map(\.source.value)
    for parameter in recommendation.parameters { add(parameter.value) }
    var shared: [String: String] = [:]
    for value in definitions?.values ?? [] {
      shared["definitions.\(value.name.value)"] = value.source.value
    }
    for function in definitions?.functions ?? [] {
      shared[function.name.value] = function.body.value
    }
    var seen: Set<String> = []
    while let source = pending.popLast() {
      // What does not compile has been reported where it was compiled.
      guard let expression = try? Expression.parse(source) else { continue }
      expression.forEach { part in
        add(part)
        for name in part.sharedNames where seen.insert(name).inserted {
          if let source = shared[name] { pending.append(source) }
        }
      }
    }
  }

  private mutating func add(_ expression: Expression) {
    switch expression.kind {
    case .select(_, let field, _), .has(_, let field, _): names.insert(field)
    case .literal(.string(let text)): add(.string(text))
    case .literal(.int(let number)): add(.int(number))
    case .literal(.double(let number)): add(.double(number))
    default: break
    }
  }

  private mutating func add(_ value: JSONValue) {
    switch value {
    case .string(let text):
      if names.insert(text).inserted || !strings.contains(text) { strings.append(text) }
    case .int, .uint, .double: if !numbers.contains(value) { numbers.append(value) }
    case .array(let elements): for element in elements { add(element) }
    case .object(let members): for (_, member) in members { add(member) }
    case .null, .bool: break
    }
  }
}

extension Expression {
  /// The names of definitions that it may stand for: a value's, a function's, perhaps qualified.
  fileprivate var sharedNames: [String] {
    switch kind {
    case .select: qualifiedName.map { [$0.name] } ?? []
    case .call(let name, let target, _):
      [name] + (target?.qualifiedName.map { ["\($0.name).\(name)"] } ?? [])
    default: []
    }
  }
}
