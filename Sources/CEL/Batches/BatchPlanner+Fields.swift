internal import JSON

/// Fields, optional fields, and maps written in conditions.
extension BatchPlanner {
  mutating func path(_ operand: BatchOperand, _ fields: [JSONKey], of node: Node) -> BatchOperand? {
    if operand.constant != nil { return folded(node, []) }
    guard let rows = operand.rows else { return nil }
    return BatchOperand(
      column: fields.reduce(operand.column) { batch.member($0, $1.string, rows) },
      cost: operand.cost, isOfDocument: true, rows: rows)
  }

  /// `operand.?field`, of a value or of another optional field.
  func optionalField(_ operand: BatchOperand, _ field: JSONKey) -> BatchOperand? {
    guard operand.constant == nil, let rows = operand.rows else { return nil }
    let column = batch.member(operand.column, field.string, rows)
    return BatchOperand(
      column: column, cost: operand.cost, rows: rows, optional: operand.optional ?? column)
  }

  mutating func has(_ node: HasNode) -> BatchOperand? {
    guard let operand = value(node.operand), operand.constant == nil, let rows = operand.rows
    else { return nil }
    let column = batch.member(operand.column, node.field.string, rows)
    return condition(operand.cost, "has \(BatchProgram.name(column))") { result in
      BatchStep { column.isThere(into: result, rows: $0) }
    }
  }

  /// `optional.orValue(other)`
  mutating func orValue(_ node: BinaryCallNode) -> BatchOperand? {
    guard let operand = optional(node.first), let first = operand.optional,
      let other = value(node.second), other.cost == nil, other.constant != nil, other.isHeld
    else { return nil }
    let column = operand.column
    var result = batch.operand(
      "or \(BatchProgram.name(column)) \(BatchProgram.name(first)) \(BatchProgram.name(other.column))"
    ) { result in
      BatchStep { column.orValue(of: other.column, since: first, into: result, rows: $0) }
    }
    result.cost = operand.cost
    // The other value is none of a document.
    result.rows = operand.rows
    return result
  }

  /// `"name" in object`, or in an array.
  mutating func membership(of name: String, in node: Node) -> BatchOperand? {
    guard name.utf8.count < Self.longText, let operand = value(node) else { return nil }
    return containment(constant(.string(name)), name, in: operand)
  }

  /// `element in container`, which is a part of a document: each element of an array that is looked at counts.
  mutating func containment(
    _ element: BatchOperand, _ name: String?, in operand: BatchOperand
  ) -> BatchOperand? {
    guard element.isHeld, operand.constant == nil, let rows = operand.rows else { return nil }
    let (one, container) = (element.column, operand.column)
    let member = name.map { batch.member(container, $0, rows) }
    var result = condition(
      nil,
      "contains \(BatchProgram.name(container)) \(BatchProgram.name(one)) \(member.map(BatchProgram.name) ?? "")"
    ) { result in
      BatchStep { container.contains(one, member: member, of: rows, into: result, rows: $0) }
    }
    let found = result.column
    let looked = cost(of: found, as: .counts)
    var both = operand
    both.cost = cost(element, operand)
    result.cost = cost(both, then: looked) { !$0.isFailure }
    return result
  }

  /// `operand[index]`, and `operand[?"field"]`.
  mutating func index(_ node: IndexNode) -> BatchOperand? {
    guard node.isOptional else { return lookUp(node) }
    guard let index = value(node.index), let name = index.constant?.stringValue,
      index.cost == nil, name.utf8.count < Self.longText
    else { return nil }
    return optional(node.operand).flatMap { optionalField($0, JSONKey(name)) }
  }

  /// `{"ACTIVE": true, …}[text]` of constants, and `{true: value}[condition]`, which has a value only where it is true.
  private mutating func lookUp(_ node: IndexNode) -> BatchOperand? {
    if let map = node.operand as? MapNode { return guarded(map, by: node.index) }
    if case .map(let box)? = (node.operand as? ConstantNode)?.cell, box.entries.isEmpty {
      // What has no value whatever the index is makes an error that says why: the interpreter must say it anyway.
      var keys = NodeKeys(batch: batch, frame: frame, locals: locals)
      _ = keys.key(node.index)
      return keys.readsRow
        ? BatchOperand(column: batch.constant("unknown") { JSONColumn() }) : folded(node, [])
    }
    guard let index = value(node.index) else { return nil }
    if let name = index.constant?.stringValue, name.utf8.count < Self.longText,
      index.cost == nil, let operand = value(node.operand)
    {
      return path(operand, [JSONKey(name)], of: node)
    }
    guard case .map(let box)? = (node.operand as? ConstantNode)?.cell, index.constant == nil
    else { return nil }
    var entries: [(key: JSONText, value: JSONColumn.Tag)] = []
    for entry in box.entries {
      guard case .text(let key) = entry.key, key.count < Self.longText,
        case .bool(let value) = entry.value
      else { return nil }
      entries.append((key, value ? .yes : .no))
    }
    let column = index.column
    let key = entries.map { "\($0.key.string)=\($0.value.rawValue)" }
    return condition(index.cost, "lookUp \(BatchProgram.name(column)) \(key)") { result in
      BatchStep { column.lookUp(entries, into: result, rows: $0) }
    }
  }

  private mutating func guarded(_ map: MapNode, by node: Node) -> BatchOperand? {
    guard map.entries.count == 1, !map.entries[0].isOptional,
      case .bool(true)? = (map.entries[0].key as? ConstantNode)?.cell,
      let value = value(map.entries[0].value), let index = condition(node)
    else { return nil }
    // A map's own cost, beside that of what it holds: a value of a document or a number.
    guard value.constant == nil, value.cost == nil else { return nil }
    let fault = batch.constant("fault") { JSONColumn(repeating: .fault) }
    let (chosen, choice) = (value.column, index.column)
    var result = batch.operand(
      "guarded \(BatchProgram.name(chosen)) \(BatchProgram.name(choice))"
    ) { result in
      BatchStep {
        choice.chosen(chosen, fault, into: result, rows: $0)
        result.leaveContainers(of: chosen, rows: $0)
      }
    }
    // The key and the value, 16 each, in a box of 16; the index is evaluated behind the map.
    var made = BatchOperand(column: chosen)
    made.cost = cost(made, then: cost(nil, plus: 0, 48)) { !$0.isFailure }
    result.cost = cost(made, then: index.cost) { !$0.isFailure }
    result.rows = value.rows
    return result.known(where: chosen, in: batch)
  }
}

extension BatchOperand {
  /// Whether its column has the value.
  var isHeld: Bool {
    guard let constant else { return true }
    return switch constant {
    case .null, .bool, .int, .uint, .double, .text, .string, .duration: true
    case .timestamp(let time): time.nanoseconds % 1_000 == 0
    default: false
    }
  }

  /// Whether some row may be a text.
  var mayBeText: Bool { constant.map { $0.stringValue != nil } ?? true }
}
