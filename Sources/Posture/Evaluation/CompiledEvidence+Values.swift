internal import CEL
internal import JSON

/// Why the objects that a verdict blames can't be named.
struct EvaluationFault: Error {
  let message: String
}

extension CompiledEvidence {
  /// The evidence, in order of writing; what can't be read is null, and told in `faults`.
  func values(_ activation: Activation, faults: inout [String]) -> [NamedValue] {
    evidence.map { item in
      switch item.program.evaluate(activation) {
      case .success(let value):
        return NamedValue(
          name: item.name, value: value.json.normalised.bounded(to: Evaluator.Bounds.fact))
      case .failure(let error):
        faults.append("evidence.\(item.name): \(error.message)")
        return NamedValue(name: item.name, value: .null)
      }
    }
  }

  /// What was expected, where that is known, in order of name; what fails is told in `faults`.
  func expectations(_ activation: Activation, faults: inout [String]) -> [NamedValue] {
    expected.compactMap { name, expectation in
      switch expectation {
      case .derived(let demand):
        return demand.value(activation).map {
          NamedValue(name: name, value: $0.bounded(to: Evaluator.Bounds.fact))
        }
      case .declared(let program):
        switch program.evaluate(activation) {
        case .success(let value):
          return NamedValue(
            name: name, value: value.json.normalised.bounded(to: Evaluator.Bounds.fact))
        case .failure(let error):
          faults.append("expected.\(name): \(error.message)")
          return nil
        }
      }
    }
  }

  /// The objects at fault, each once; nil when the recommendation names none.
  ///
  /// - Parameter room: How many bytes of them are listed.
  /// - Returns: How many they are, and the first of them by identity, at the most as many as are
  ///   written down.
  /// - Throws: When the expression fails, or an element is neither a text nor a map with an `id`.
  func blamed(
    _ activation: Activation, room: Int
  ) throws(EvaluationFault) -> (count: Int, listed: [AffectedResource])? {
    guard let affected else { return nil }
    let elements: [JSONValue]
    switch affected.evaluate(activation) {
    case .success(let value):
      guard let list = value.json.array else { throw EvaluationFault(message: "it is no list") }
      elements = list
    case .failure(let error): throw EvaluationFault(message: error.message)
    }
    var selection = BoundedSelection<AffectedResource>(
      limit: Evaluator.Bounds.affected, room: room)
    var seen: Set<String> = []
    for element in elements {
      let object = try Self.object(element)
      guard seen.insert(object.id).inserted else { continue }
      selection.insert(object, key: BoundedSelectionKey(object.id, []), weight: object.weight)
    }
    return (seen.count, selection.finish())
  }

  private static func object(_ element: JSONValue) throws(EvaluationFault) -> AffectedResource {
    if let text = element.string {
      return AffectedResource(
        id: text.bounded(to: Evaluator.Bounds.identity),
        label: text.bounded(to: Evaluator.Bounds.label), settings: .object([]))
    }
    guard let members = element.object, let id = text(element["id"]) else {
      throw EvaluationFault(message: "an object is neither a text nor a map with an 'id'")
    }
    let shown = members.filter { $0.0 != "id" && $0.0 != "label" }
    return AffectedResource(
      id: id.bounded(to: Evaluator.Bounds.identity),
      label: (text(element["label"]) ?? id).bounded(to: Evaluator.Bounds.label),
      settings: settings(shown))
  }

  private static func settings(_ members: [(String, JSONValue)]) -> JSONValue {
    // An expression may make keys of what a tenant holds.
    guard members.count <= 64 else {
      return ["values": JSONValue.object(members).normalised.bounded(to: Evaluator.Bounds.value)]
    }
    return .object(
      members.map { name, value in
        (
          name.bounded(to: Evaluator.Bounds.label),
          value.normalised.bounded(to: Evaluator.Bounds.value)
        )
      }.sorted { $0.0 < $1.0 })
  }

  /// An identity or a label: vendors number what they do not name.
  private static func text(_ value: JSONValue?) -> String? {
    switch value {
    case .string(let text)? where !text.isEmpty: text
    case .int(_)?, .uint(_)?: value?.compactText
    default: nil
    }
  }
}
