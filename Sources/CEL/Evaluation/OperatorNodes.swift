internal import JSON

/// `a && b && …`: false when one is false, whatever errors the others have: langdef, "Logical Operators".
final class AndNode: Node, @unchecked Sendable {
  let operands: [Node]

  init(_ operands: [Node], offset: Int) {
    self.operands = operands
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell { .bool(try test(&frame)) }

  override func test(_ frame: inout Frame) throws(Fault) -> Bool {
    var fault: Fault?
    for operand in operands {
      do throws(Fault) {
        if try !operand.test(&frame) { return false }
      } catch {
        if error.kind == .limit { throw error }
        if fault == nil { fault = error }
      }
    }
    if let fault { throw fault }
    return true
  }
}

/// `a || b || …`: true when one is true, whatever errors the others have: langdef, "Logical Operators".
final class OrNode: Node, @unchecked Sendable {
  let operands: [Node]

  init(_ operands: [Node], offset: Int) {
    self.operands = operands
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell { .bool(try test(&frame)) }

  override func test(_ frame: inout Frame) throws(Fault) -> Bool {
    var fault: Fault?
    for operand in operands {
      do throws(Fault) {
        if try operand.test(&frame) { return true }
      } catch {
        if error.kind == .limit { throw error }
        if fault == nil { fault = error }
      }
    }
    if let fault { throw fault }
    return false
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
  let left: Node
  let right: Node

  init(_ relation: Relation, _ left: Node, _ right: Node, offset: Int) {
    self.relation = relation
    self.left = left
    self.right = right
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell { .bool(try test(&frame)) }

  override func test(_ frame: inout Frame) throws(Fault) -> Bool {
    let one = try left.evaluate(&frame)
    let other = try right.evaluate(&frame)
    if case .int(let one) = one, case .int(let other) = other {
      return switch relation {
      case .less: one < other
      case .lessOrEqual: one <= other
      case .greater: one > other
      case .greaterOrEqual: one >= other
      }
    }
    do throws(Fault) {
      let order = try Ordering.order(one, other, operation: relation.rawValue, &frame)
      guard let order else { return false }
      return switch relation {
      case .less: order < 0
      case .lessOrEqual: order <= 0
      case .greater: order > 0
      case .greaterOrEqual: order >= 0
      }
    } catch {
      throw error.at(offset)
    }
  }
}

/// `left + right` and its kin
final class ArithmeticNode: Node, @unchecked Sendable {
  let operation: Arithmetic
  let left: Node
  let right: Node

  init(_ operation: Arithmetic, _ left: Node, _ right: Node, offset: Int) {
    self.operation = operation
    self.left = left
    self.right = right
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell {
    let one = try left.evaluate(&frame)
    let other = try right.evaluate(&frame)
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
