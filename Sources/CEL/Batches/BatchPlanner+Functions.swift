internal import JSON

/// Functions over texts and types, and macros over nothing.
extension BatchPlanner {
  mutating func call(_ node: UnaryCallNode) -> BatchOperand? {
    guard let operand = value(node.argument) else { return nil }
    if operand.constant != nil { return folded(node, []) }
    let column = operand.column
    var result: BatchOperand
    switch node.name {
    case "size":
      result = batch.operand("size \(BatchProgram.name(column))") { result in
        BatchStep { column.size(into: result, rows: $0) }
      }
    case "timestamp":
      result = batch.operand("timestamp \(BatchProgram.name(column))") { result in
        BatchStep { column.time(into: result, rows: $0) }
      }
    case "lowerAscii": return lowered(operand)
    case "string":
      result = keeping([.text], refusing: [.null, .array, .object], of: column)
    case "int":
      result = keeping([.int], refusing: [.null, .yes, .no, .array, .object], of: column)
    case "dyn": return operand
    default: return nil
    }
    result.cost = operand.cost
    return result
  }

  mutating func call(_ node: BinaryCallNode) -> BatchOperand? {
    switch node.name {
    case "orValue": orValue(node)
    case "matches": matches(node)
    default: folded(node, [node.first, node.second])
    }
  }

  /// A conversion of what is of its type already.
  private func keeping(
    _ kept: Set<JSONColumn.Tag>, refusing refused: Set<JSONColumn.Tag>, of column: JSONColumn
  ) -> BatchOperand {
    batch.operand("keeping \(BatchProgram.name(column)) \(kept.map(\.rawValue))") { result in
      BatchStep { column.keeping(kept, refusing: refused, into: result, rows: $0) }
    }
  }

  /// `text.lowerAscii()`: it builds a text of the same length.
  private func lowered(_ operand: BatchOperand) -> BatchOperand {
    let column = operand.column
    var result = batch.operand("lowered \(BatchProgram.name(column))") { result in
      BatchStep { column.lowered(into: result, rows: $0) }
    }
    let made = result.column
    let built = cost(of: made, as: .lengths)
    result.cost = cost(operand, then: built) { !$0.isFailure }
    return result
  }

  /// `text.matches("pattern")`
  mutating func matches(_ node: MatchesNode) -> BatchOperand? {
    guard let operand = value(node.text), operand.constant == nil else { return nil }
    let column = operand.column
    let pattern = node.pattern
    return condition(
      operand.cost, "matches \(BatchProgram.name(column)) \(Array(pattern.source.utf8))"
    ) { result in
      BatchStep { column.matches(into: result, rows: $0) { pattern.matches($0) } }
    }
  }

  /// `text.matches(parameters.pattern)`: where there is a text, the pattern is compiled, once for all.
  private mutating func matches(_ node: BinaryCallNode) -> BatchOperand? {
    guard let operand = value(node.first), operand.constant == nil,
      let second = value(node.second), let source = second.constant?.stringValue,
      source.utf8.count < Self.longText
    else { return nil }
    let kept = batch.kept
    var scratch = frame
    kept.uses = UseSet()
    guard let pattern = try? kept.pattern(source, &scratch) else { return nil }
    let compiled = cost(steps: 0, size: 0, uses: kept.sets.number(of: kept.uses))
    let column = operand.column
    var result = condition(
      nil, "matches \(BatchProgram.name(column)) \(Array(source.utf8))"
    ) { result in
      BatchStep { column.matches(into: result, rows: $0) { pattern.matches($0) } }
    }
    var both = operand
    both.cost = cost(operand, second)
    result.cost = cost(both, then: compiled) { $0 == .text }
    return result
  }

  /// `type(value) == bool`
  mutating func typeTest(_ node: EqualNode) -> BatchOperand? {
    guard let call = node.left as? UnaryCallNode, call.name == "type",
      case .type(let box)? = (node.right as? ConstantNode)?.cell,
      let operand = value(call.argument), operand.constant == nil
    else { return nil }
    let tags: Set<JSONColumn.Tag>
    switch box.type.name {
    case "bool": tags = [.yes, .no]
    case "int": tags = [.int]
    case "uint": tags = [.uint]
    case "double": tags = [.double]
    case "string": tags = [.text]
    case "list": tags = [.array]
    case "map": tags = [.object]
    case "null_type": tags = [.null]
    default: return nil
    }
    let column = operand.column
    let isNegated = node.isNegated
    return condition(
      operand.cost, "\(isNegated)type \(BatchProgram.name(column)) \(box.type.name)"
    ) { result in
      BatchStep { column.isOfKind(tags, negated: isNegated, into: result, rows: $0) }
    }
  }
}
