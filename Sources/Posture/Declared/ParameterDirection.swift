internal import CEL
internal import JSON
internal import YAML

/// Whether another value of a recommendation's parameter makes its condition stricter, as far as the
/// condition shows it: `resource.minLength >= parameters.minLength` is stricter with a higher one.
///
/// Where the condition does not show it, another value weakens.
enum ParameterDirection {
  @Sendable static func effect(_ moved: MovedValue) -> Bearing {
    guard let name = moved.path.last,
      let recommendation = moved.recommendations.new ?? moved.recommendations.old,
      let sign = sign(of: name, in: recommendation)
    else { return .weakens }
    let values = (
      value(name, moved.recommendations.old) ?? moved.from,
      value(name, moved.recommendations.new) ?? moved.to
    )
    if let old = values.0?.double, let new = values.1?.double {
      if old == new { return .neutral }
      return (new > old) == (sign == .more) ? .strengthens : .weakens
    }
    guard let old = values.0?.array, let new = values.1?.array else { return .weakens }
    let more: Bearing = sign == .more ? .strengthens : .weakens
    let fewer: Bearing = sign == .more ? .weakens : .strengthens
    return FieldDifference.effect(
      added: !Set(new).isSubset(of: Set(old)), more,
      removed: !Set(old).isSubset(of: Set(new)), fewer)
  }

  private static func value(_ name: String, _ recommendation: Recommendation?) -> JSONValue? {
    recommendation?.parameters.first { $0.name == name }?.value
  }

  /// What is stricter: a higher number or more elements, or fewer.
  private enum Sign { case more, fewer }

  private static func sign(of name: String, in recommendation: Recommendation) -> Sign? {
    // What chooses the resources, or is computed first, is not followed.
    let others =
      recommendation.variables.map(\.source.value)
      + [recommendation.filter?.value].compactMap(\.self)
    for text in others {
      guard let other = try? Expression.parse(text), !other.reads(name) else { return nil }
    }
    guard let condition = try? Expression.parse(recommendation.compliant.value) else { return nil }
    guard case .some(let found) = direction(of: condition, name) else { return nil }
    return found
  }

  /// Nil where the condition does not show it; `.some(nil)` where it does not read the parameter.
  private static func direction(of expression: Expression, _ name: String) -> Sign?? {
    guard expression.reads(name) else { return .some(nil) }
    switch expression.kind {
    case .logical(_, let operands): return common(operands, name)
    case .conditional(let condition, let first, let second):
      return condition.reads(name) ? nil : common([first, second], name)
    case .comprehension(let macro):
      guard macro.macro == .all || macro.macro == .exists else { return nil }
      guard macro.range.reads(name) else { return common([macro.body], name) }
      // Something of every element, or of any one.
      guard macro.range.isParameter(name), !macro.body.reads(name) else { return nil }
      return macro.macro == .all ? .more : .fewer
    case .call("!_", nil, let operands) where operands.count == 1:
      guard case .some(.some(let sign)) = direction(of: operands[0], name) else { return nil }
      return sign == .more ? .fewer : .more
    case .call(let operation, nil, let operands) where operands.count == 2:
      let isLeft = operands[0].growsWithParameter(name)
      guard isLeft != operands[1].growsWithParameter(name),
        !operands[isLeft ? 1 : 0].reads(name)
      else { return nil }
      switch operation {
      case "_>=_", "_>_": return isLeft ? .fewer : .more
      case "_<=_", "_<_": return isLeft ? .more : .fewer
      case "@in": return isLeft ? nil : .fewer
      default: return nil
      }
    default: return nil
    }
  }

  private static func common(_ operands: [Expression], _ name: String) -> Sign?? {
    var found: Sign?
    for operand in operands {
      guard case .some(let sign) = direction(of: operand, name) else { return nil }
      guard let sign else { continue }
      if let found, found != sign { return nil }
      found = sign
    }
    return .some(found)
  }
}

extension Expression {
  fileprivate func isParameter(_ name: String) -> Bool {
    guard case .select(let operand, name, _) = kind,
      case .identifier("parameters", _) = operand.kind
    else { return false }
    return true
  }

  /// Whether it is the parameter, or so many times as much: `parameters.hours * 60`.
  fileprivate func growsWithParameter(_ name: String) -> Bool {
    if isParameter(name) { return true }
    guard case .call("_*_", nil, let operands) = kind, operands.count == 2,
      operands[0].isParameter(name), case .literal(.int(let factor)) = operands[1].kind
    else { return false }
    return factor > 0
  }

  /// Whether it reads the parameter, or all parameters as one.
  fileprivate func reads(_ name: String) -> Bool {
    if isParameter(name) { return true }
    if case .select(let operand, _, _) = kind, case .identifier("parameters", _) = operand.kind {
      return false
    }
    if case .identifier("parameters", _) = kind { return true }
    return children.contains { $0.reads(name) }
  }
}
