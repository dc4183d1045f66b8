import CEL
import Posture

/// Which forms of tests a recommendation must have, by what its conditions do.
struct ConditionForms {
  let applicable: Set<Recommendation.Form>

  private static let switches: Set = [
    "state", "status", "enabled", "isenabled", "disabled", "mode",
  ]
  private static let audiences: Set = [
    "users", "includeusers", "excludeusers", "groups", "includegroups", "excludegroups", "orgunit",
    "units", "includeroles",
  ]

  init(_ recommendation: Recommendation, definitions: Definitions?) {
    let sources = ConditionSources(recommendation, definitions: definitions)
    var forms: Set<Recommendation.Form> = [.absent]
    for expression in sources.own {
      expression.forEach { if $0.isThreshold { forms.insert(.stricter) } }
    }
    var quantifies = false
    var names: Set<String> = []
    sources.forEach { part in
      switch part.kind {
      case .select(_, let field, _), .has(_, let field, _): names.insert(field.lowercased())
      case .comprehension(let macro) where macro.macro == .all || macro.macro == .exists:
        quantifies = true
      default: break
      }
    }
    if !names.isDisjoint(with: Self.switches) { forms.insert(.switchedOff) }
    // A demand on everybody is made by policies over users or units; a recommendation that judges resource by
    // resource asks each for itself.
    if quantifies, recommendation.collection == nil, !names.isDisjoint(with: Self.audiences) {
      forms.insert(.narrowed)
    }
    applicable = forms
  }
}

extension Expression {
  /// Whether it compares with a number, a duration or a parameter, or asks for one of several texts.
  fileprivate var isThreshold: Bool {
    guard case .call(let name, nil, let operands) = kind, operands.count == 2 else { return false }
    switch name {
    case "_<_", "_<=_", "_>_", "_>=_": return operands.contains { $0.isLimit }
    case "@in":
      guard case .list(let elements) = operands[1].kind else { return operands[1].isParameter }
      return elements.count > 1
        && elements.allSatisfy { if case .literal(.string) = $0.value.kind { true } else { false } }
    default: return false
    }
  }

  private var isLimit: Bool {
    switch kind {
    // More than none is no threshold.
    case .literal(.int(let number)): number > 1
    case .literal(.double), .literal(.uint): true
    case .call("duration", nil, _), .call("iso8601.duration", _, _): true
    default: isParameter
    }
  }

  private var isParameter: Bool { qualifiedName?.name.hasPrefix("parameters.") ?? false }
}
