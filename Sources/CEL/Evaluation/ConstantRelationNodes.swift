internal import JSON

/// `operand == constant` and `operand != constant` for a scalar constant.
final class EqualConstantNode: Node, @unchecked Sendable {
  private enum Scalar {
    case text(JSONText)
    case bool(Bool)
    case int(Int64)
    case null
    case other
  }

  var operand: Node { looked.node }
  private let looked: Operand
  let constant: ConstantNode
  let isNegated: Bool
  private let scalar: Scalar

  static func takes(_ cell: Cell) -> Bool {
    switch cell {
    case .text, .bool, .int, .uint, .double, .null: true
    default: false
    }
  }

  init(_ operand: Node, _ constant: ConstantNode, isNegated: Bool, offset: Int) {
    looked = Operand(operand)
    self.constant = constant
    self.isNegated = isNegated
    scalar =
      switch constant.cell {
      case .text(let text): .text(text)
      case .bool(let value): .bool(value)
      case .int(let value): .int(value)
      case .null: .null
      default: .other
      }
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell { .bool(try test(&frame)) }

  override func test(_ frame: inout Frame) throws(Fault) -> Bool {
    try isEqual(&frame) != isNegated
  }

  @inline(__always)
  private func isEqual(_ frame: inout Frame) throws(Fault) -> Bool {
    guard let place = try looked.place(&frame) else { return try isValueEqual(&frame) }
    switch scalar {
    case .text(let constant):
      if let text = place.text {
        try frame.step(bytes: constant.count)
        return text == constant
      }
    case .bool(let constant): if let value = place.bool { return value == constant }
    case .int(let constant): if let value = place.int { return value == constant }
    case .null: return place.kind == .null
    case .other: break
    }
    return try isPlaceEqual(place, &frame)
  }

  @inline(never)
  private func isPlaceEqual(_ place: JSONCursor, _ frame: inout Frame) throws(Fault) -> Bool {
    try Equality.isEqual(Cell(place), constant.cell, &frame)
  }

  @inline(never)
  private func isValueEqual(_ frame: inout Frame) throws(Fault) -> Bool {
    let cell = try looked.node.follow(&frame)
    switch (scalar, cell) {
    case (.int(let constant), .int(let value)): return value == constant
    case (.null, .null): return true
    case (.null, _): return false
    default: return try Equality.isEqual(cell, constant.cell, &frame)
    }
  }
}

/// `operand in ["a", "b"]` for constant strings.
final class InStringsNode: Node, @unchecked Sendable {
  var operand: Node { looked.node }
  private let looked: Operand
  let constant: ConstantNode
  let texts: [JSONText]

  /// nil when the constant is no list of strings, or too long to be looked through.
  init?(_ operand: Node, _ constant: ConstantNode, offset: Int) {
    guard case .list(let box) = constant.cell, box.elements.count <= 16 else { return nil }
    var texts: [JSONText] = []
    for element in box.elements {
      guard case .text(let text) = element else { return nil }
      texts.append(text)
    }
    looked = Operand(operand)
    self.constant = constant
    self.texts = texts
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell { .bool(try test(&frame)) }

  override func test(_ frame: inout Frame) throws(Fault) -> Bool {
    if let place = try looked.place(&frame) {
      if let text = place.text { return try contains(text, &frame) }
      return try Access.contains(constant.cell, Cell(place), &frame)
    }
    return try containsValue(&frame)
  }

  @inline(never)
  private func containsValue(_ frame: inout Frame) throws(Fault) -> Bool {
    let cell = try looked.node.follow(&frame)
    if case .text(let text) = cell { return try contains(text, &frame) }
    return try Access.contains(constant.cell, cell, &frame)
  }

  @inline(__always)
  private func contains(_ text: JSONText, _ frame: inout Frame) throws(Fault) -> Bool {
    for candidate in texts {
      try frame.step(bytes: candidate.count)
      if candidate == text { return true }
    }
    return false
  }
}

/// `operand.startsWith("a")`, `endsWith` and `contains` with a constant.
final class TextRelationNode: Node, @unchecked Sendable {
  enum Relation: String, Sendable {
    case startsWith
    case endsWith
    case contains
  }

  let relation: Relation
  var operand: Node { looked.node }
  private let looked: Operand
  private let constant: ConstantNode
  let part: JSONText
  private let function: FunctionDefinition.Binary

  init(
    _ relation: Relation, _ operand: Node, _ constant: ConstantNode, _ part: JSONText, offset: Int
  ) {
    self.relation = relation
    looked = Operand(operand)
    self.constant = constant
    self.part = part
    function =
      switch relation {
      case .startsWith: FunctionDefinition.startsWith
      case .endsWith: FunctionDefinition.endsWith
      case .contains: FunctionDefinition.contains
      }
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell { .bool(try test(&frame)) }

  override func test(_ frame: inout Frame) throws(Fault) -> Bool {
    guard let place = try looked.place(&frame) else { return try callValue(&frame) }
    guard let text = place.text else { return try call(Cell(place), &frame) }
    return try relates(text, &frame)
  }

  @inline(never)
  private func callValue(_ frame: inout Frame) throws(Fault) -> Bool {
    let cell = try looked.node.follow(&frame)
    if case .text(let text) = cell { return try relates(text, &frame) }
    return try call(cell, &frame)
  }

  @inline(__always)
  private func relates(_ text: JSONText, _ frame: inout Frame) throws(Fault) -> Bool {
    try frame.step(bytes: part.count)
    switch relation {
    case .startsWith: return text.hasPrefix(part)
    case .endsWith: return text.hasSuffix(part)
    case .contains: return try call(.text(text), &frame)
    }
  }

  @inline(never)
  private func call(_ cell: Cell, _ frame: inout Frame) throws(Fault) -> Bool {
    do throws(Fault) {
      guard case .bool(let value) = try function(cell, constant.cell, &frame) else { return false }
      return value
    } catch {
      throw error.at(offset)
    }
  }
}
