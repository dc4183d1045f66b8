internal import CEL
internal import JSON

extension Demand {
  /// What is asked, for people and programs: one value as itself, all else in words; nil where an
  /// operand has no value.
  func value(_ activation: Activation) -> JSONValue? {
    if case .value(.equal, let program) = self { return Self.operand(program, activation) }
    return words(activation).map(JSONValue.string)
  }

  private static func operand(_ program: Program, _ activation: Activation) -> JSONValue? {
    guard case .success(let value) = program.evaluate(activation) else { return nil }
    return value.json.normalised
  }

  /// `at least 1`, `2 to 4`, `one of a, b`; nil where an operand has no value.
  private func words(_ activation: Activation) -> String? {
    switch self {
    case .value(let relation, let program):
      guard let operand = Self.operand(program, activation) else { return nil }
      return Self.words(relation, operand)
    case .present: return "present"
    case .absent: return "absent"
    case .size(let demand):
      if case .value(let relation, let program) = demand,
        let number = Self.operand(program, activation)?.int64
      {
        switch (relation, number) {
        case (.equal, 0), (.atMost, 0), (.less, 1): return "none"
        case (.more, _): return "at least \(number + 1) listed"
        case (.notEqual, 0): return "at least 1 listed"
        default: break
        }
      }
      return demand.words(activation).map { "\($0) listed" }
    case .each(let demand): return demand.words(activation).map { "each: \($0)" }
    case .some(let demand): return demand.words(activation).map { "at least one: \($0)" }
    case .all(let demands): return Self.together(demands, activation)
    case .any(let demands, let isOpen):
      var parts: [String] = []
      for demand in demands {
        guard let words = demand.words(activation) else { return nil }
        if !parts.contains(words) { parts.append(words) }
      }
      return parts.joined(separator: " or ") + (isOpen ? ", or met otherwise" : "")
    }
  }

  /// What holds at once; a lower and an upper bound are one range.
  private static func together(_ demands: [Demand], _ activation: Activation) -> String? {
    let values = demands.filter { if case .present = $0 { false } else { true } }
    if values.count == 2, let low = bound(values[0], activation) ?? bound(values[1], activation),
      let high = ceiling(values[0], activation) ?? ceiling(values[1], activation), low <= high
    {
      return low == high ? String(low) : "\(low) to \(high)"
    }
    var parts: [String] = []
    for demand in values.isEmpty ? demands : values {
      guard let words = demand.words(activation) else { return nil }
      if !parts.contains(words) { parts.append(words) }
    }
    return parts.joined(separator: ", ")
  }

  private static func bound(_ demand: Demand, _ activation: Activation) -> Int64? {
    guard case .value(let relation, let program) = demand,
      let number = operand(program, activation)?.int64
    else { return nil }
    return switch relation {
    case .atLeast: number
    case .more: number == .max ? nil : number + 1
    default: nil
    }
  }

  private static func ceiling(_ demand: Demand, _ activation: Activation) -> Int64? {
    guard case .value(let relation, let program) = demand,
      let number = operand(program, activation)?.int64
    else { return nil }
    return switch relation {
    case .atMost: number
    case .less: number == .min ? nil : number - 1
    default: nil
    }
  }

  private static func words(_ relation: Relation, _ operand: JSONValue) -> String {
    let text = plain(operand)
    return switch relation {
    case .equal: text
    case .notEqual: "not \(text)"
    case .less: "less than \(text)"
    case .atMost: "at most \(text)"
    case .more: "more than \(text)"
    case .atLeast: "at least \(text)"
    case .oneOf: choice(operand, one: "", many: "one of ")
    case .noneOf: choice(operand, one: "not ", many: "none of ")
    case .holding: "with \(text)"
    case .notHolding: "without \(text)"
    }
  }

  private static func choice(_ operand: JSONValue, one: String, many: String) -> String {
    guard let elements = operand.array else { return many + plain(operand) }
    if elements.isEmpty { return "\(many)nothing" }
    return (elements.count == 1 ? one : many) + elements.map(plain).joined(separator: ", ")
  }

  private static func plain(_ value: JSONValue) -> String { value.string ?? value.compactText }
}
