internal import CEL
internal import JSON

/// The words and constants of a recommendation's conditions, with those of the definitions that they use.
struct Vocabulary {
  /// Names of fields, and texts that may be names of fields.
  private(set) var names: Set<String> = []
  /// Texts, each once, in the order of writing.
  private(set) var strings: [String] = []
  private(set) var numbers: [JSONValue] = []
  /// Names of fields of which a condition asks whether they are there.
  private(set) var tested: Set<String> = []

  init(_ recommendation: Recommendation, definitions: ParsedDefinitions) {
    for parameter in recommendation.parameters { add(parameter.value) }
    add(ConditionSources(recommendation, definitions: definitions))
  }

  /// The words of `where` alone.
  init(filterOf recommendation: Recommendation, definitions: ParsedDefinitions) {
    add(ConditionSources(filterOf: recommendation, definitions: definitions))
  }

  private mutating func add(_ sources: ConditionSources) {
    for expression in sources.own + sources.shared { expression.forEach { add($0) } }
  }

  private mutating func add(_ expression: Expression) {
    switch expression.kind {
    case .has(_, let field, _), .select(_, let field, isOptional: true): tested.insert(field)
    case .index(_, let key, isOptional: true): if let name = key.text { tested.insert(name) }
    case .call("@in", _, let operands): if let name = operands.first?.text { tested.insert(name) }
    default: break
    }
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
  /// A literal text; nil for everything else.
  fileprivate var text: String? {
    if case .literal(.string(let text)) = kind { text } else { nil }
  }
}
