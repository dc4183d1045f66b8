internal import JSON

/// `variable.a.b`: fields of a declared variable. Through JSON objects it goes from member to member, without a cell
/// between.
final class PathNode: Node, @unchecked Sendable {
  let root: SlotNode
  let fields: [JSONKey]
  private let slot: Int
  private let first: JSONKey
  private let isLong: Bool

  /// - Parameter fields: At least one.
  init(_ root: SlotNode, _ fields: [JSONKey], offset: Int) {
    self.root = root
    self.fields = fields
    slot = root.index
    first = fields[0]
    isLong = fields.count > 1
    super.init(offset: offset)
  }

  /// The value in the document; nil when the way leads through something else or ends before.
  @inline(__always)
  func find(_ frame: inout Frame) throws(Fault) -> JSONCursor? {
    guard let object = frame.object(ofSlot: slot) else { return nil }
    return isLong ? try findRest(of: object, &frame) : try frame.member(first, of: object)
  }

  @inline(never)
  private func findRest(of object: JSONCursor, _ frame: inout Frame) throws(Fault) -> JSONCursor? {
    var cursor = object
    for field in fields {
      guard let next = try frame.member(field, of: cursor) else { return nil }
      cursor = next
    }
    return cursor
  }

  override func place(_ frame: inout Frame) throws(Fault) -> JSONCursor? { try find(&frame) }

  override func follow(_ frame: inout Frame) throws(Fault) -> Cell {
    try Path.follow(fields, from: try root.evaluate(&frame), offset: offset, &frame)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell {
    if let cursor = try find(&frame) { return Cell(cursor) }
    return try follow(&frame)
  }

  override func test(_ frame: inout Frame) throws(Fault) -> Bool {
    if let cursor = try find(&frame), let value = cursor.bool { return value }
    return try super.test(&frame)
  }
}

/// `element.a.b`: fields of a macro's variable.
final class LocalPathNode: Node, @unchecked Sendable {
  let root: LocalNode
  let fields: [JSONKey]

  /// - Parameter fields: At least one.
  init(_ root: LocalNode, _ fields: [JSONKey], offset: Int) {
    self.root = root
    self.fields = fields
    super.init(offset: offset)
  }

  override func place(_ frame: inout Frame) throws(Fault) -> JSONCursor? {
    let place = frame.place(ofLocal: root.index) ?? frame.local(root.index).cursor
    guard var cursor = place, cursor.isObject else { return nil }
    for field in fields {
      guard let next = try frame.member(field, of: cursor) else { return nil }
      cursor = next
    }
    return cursor
  }

  override func follow(_ frame: inout Frame) throws(Fault) -> Cell {
    try Path.follow(fields, from: try root.evaluate(&frame), offset: offset, &frame)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell {
    if let cursor = try place(&frame) { return Cell(cursor) }
    return try follow(&frame)
  }

  override func test(_ frame: inout Frame) throws(Fault) -> Bool {
    guard let cursor = try place(&frame) else { return try bool(try follow(&frame)) }
    if let value = cursor.bool { return value }
    return try bool(Cell(cursor))
  }
}

/// Fields one after the other, whatever the values are.
enum Path {
  @inline(never)
  static func follow(
    _ fields: [JSONKey], from cell: Cell, offset: Int, _ frame: inout Frame
  ) throws(Fault) -> Cell {
    var cell = cell
    do throws(Fault) {
      for field in fields { cell = try Access.select(cell, field, &frame) }
    } catch {
      throw error.at(offset)
    }
    return cell
  }
}

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
