internal import JSON

/// `left && right`: false when one is false, whatever error the other has: langdef, "Logical Operators".
final class AndNode: Node, @unchecked Sendable {
  let left: Node
  let right: Node

  init(_ left: Node, _ right: Node, offset: Int) {
    self.left = left
    self.right = right
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell { .bool(try test(&frame)) }

  override func test(_ frame: inout Frame) throws(Fault) -> Bool {
    do throws(Fault) {
      guard try left.test(&frame) else { return false }
    } catch {
      // The right may still decide; when it does not, the left's error stands.
      if try error.leaves(right, deciding: false, &frame) { return false }
      throw error
    }
    return try right.test(&frame)
  }
}

/// `left || right`: true when one is true, whatever error the other has: langdef, "Logical Operators".
final class OrNode: Node, @unchecked Sendable {
  let left: Node
  let right: Node

  init(_ left: Node, _ right: Node, offset: Int) {
    self.left = left
    self.right = right
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell { .bool(try test(&frame)) }

  override func test(_ frame: inout Frame) throws(Fault) -> Bool {
    do throws(Fault) {
      if try left.test(&frame) { return true }
    } catch {
      if try error.leaves(right, deciding: true, &frame) { return true }
      throw error
    }
    return try right.test(&frame)
  }
}

extension Fault {
  /// Whether another operand decides although this error arose. A passed limit ends the evaluation.
  fileprivate func leaves(
    _ other: Node, deciding decisive: Bool, _ frame: inout Frame
  ) throws(Fault) -> Bool {
    if kind == .limit { throw self }
    do throws(Fault) {
      return try other.test(&frame) == decisive
    } catch {
      if error.kind == .limit { throw error }
      return false
    }
  }
}

/// `!operand`
final class NotNode: Node, @unchecked Sendable {
  let operand: Node

  init(_ operand: Node, offset: Int) {
    self.operand = operand
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell { .bool(try test(&frame)) }
  override func test(_ frame: inout Frame) throws(Fault) -> Bool { try !operand.test(&frame) }
}

/// `left == right` and `left != right`
final class EqualNode: Node, @unchecked Sendable {
  let left: Node
  let right: Node
  let isNegated: Bool

  init(_ left: Node, _ right: Node, isNegated: Bool, offset: Int) {
    self.left = left
    self.right = right
    self.isNegated = isNegated
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell { .bool(try test(&frame)) }

  override func test(_ frame: inout Frame) throws(Fault) -> Bool {
    let one = try left.evaluate(&frame)
    let other = try right.evaluate(&frame)
    return try Equality.isEqual(one, other, &frame) != isNegated
  }
}

/// `left < right` and its kin
final class OrderNode: Node, @unchecked Sendable {
  enum Relation: String, Sendable {
    case less = "_<_"
    case lessOrEqual = "_<=_"
    case greater = "_>_"
    case greaterOrEqual = "_>=_"
  }

  let relation: Relation
  var left: Node { looked.node }
  let right: Node
  private let looked: Operand
  /// What the right side is when it is a constant integer.
  private let bound: Int64?
  /// Whether a side moves with the time.
  let isOfTime: Bool

  init(_ relation: Relation, _ left: Node, _ right: Node, offset: Int) {
    self.relation = relation
    looked = Operand(left)
    self.right = right
    bound = if case .int(let value)? = (right as? ConstantNode)?.cell { value } else { nil }
    isOfTime = left.moves || right.moves
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell { .bool(try test(&frame)) }

  override func test(_ frame: inout Frame) throws(Fault) -> Bool {
    guard let place = try looked.place(&frame) else {
      if isOfTime { return try testMoving(&frame) }
      return try test(try left.follow(&frame), &frame)
    }
    if let bound, let value = place.int { return holds(value, bound) }
    return try test(Cell(place), &frame)
  }

  @inline(never)
  private func test(_ one: consuming Cell, _ frame: inout Frame) throws(Fault) -> Bool {
    try test(one, try right.evaluate(&frame), &frame)
  }

  @inline(never)
  private func testMoving(_ frame: inout Frame) throws(Fault) -> Bool {
    let one = left.moves ? try left.moving(&frame) : MovingCell(cell: try left.follow(&frame))
    let other = try right.moving(&frame)
    frame.validity?.narrow(one, other)
    return try test(one.cell, other.cell, &frame)
  }

  @inline(__always)
  private func test(
    _ one: consuming Cell, _ other: consuming Cell, _ frame: inout Frame
  ) throws(Fault) -> Bool {
    if case .int(let one) = one, case .int(let other) = other { return holds(one, other) }
    if case .double(let one) = one, case .double(let other) = other { return holds(one, other) }
    do throws(Fault) {
      let order = try Ordering.order(one, other, operation: relation.rawValue, &frame)
      return order.map { holds($0, 0) } ?? false
    } catch {
      throw error.at(offset)
    }
  }

  @inline(__always)
  private func holds<Number: Comparable>(_ one: Number, _ other: Number) -> Bool {
    switch relation {
    case .less: one < other
    case .lessOrEqual: one <= other
    case .greater: one > other
    case .greaterOrEqual: one >= other
    }
  }
}

/// `left + right` and its kin
final class ArithmeticNode: Node, @unchecked Sendable {
  let operation: Arithmetic
  let left: Node
  let right: Node
  /// Whether it is the time plus or minus something.
  private let isOfTime: Bool

  init(_ operation: Arithmetic, _ left: Node, _ right: Node, offset: Int) {
    self.operation = operation
    self.left = left
    self.right = right
    isOfTime = (operation == .add || operation == .subtract) && (left.moves || right.moves)
    super.init(offset: offset)
  }

  override var moves: Bool { isOfTime }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell {
    let one = try left.evaluate(&frame)
    let other = try right.evaluate(&frame)
    return try applied(one, other, &frame)
  }

  override func moving(_ frame: inout Frame) throws(Fault) -> MovingCell {
    let one = try left.moving(&frame)
    let other = try right.moving(&frame)
    frame.validity?.added(one, other, operation)
    return MovingCell(
      cell: try applied(one.cell, other.cell, &frame),
      slope: operation.slope(one.slope, other.slope))
  }

  @inline(__always)
  private func applied(
    _ one: Cell, _ other: Cell, _ frame: inout Frame
  ) throws(Fault) -> Cell {
    do throws(Fault) { return try operation.apply(one, other, &frame) } catch {
      throw error.at(offset)
    }
  }
}

/// `element in container`
final class InNode: Node, @unchecked Sendable {
  let element: Node
  let container: Node

  init(_ element: Node, _ container: Node, offset: Int) {
    self.element = element
    self.container = container
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell { .bool(try test(&frame)) }

  override func test(_ frame: inout Frame) throws(Fault) -> Bool {
    let element = try element.evaluate(&frame)
    let container = try container.evaluate(&frame)
    do throws(Fault) { return try Access.contains(container, element, &frame) } catch {
      throw error.at(offset)
    }
  }
}
