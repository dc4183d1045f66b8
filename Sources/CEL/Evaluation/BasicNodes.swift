internal import JSON

/// A literal, or what constant operands were folded to.
final class ConstantNode: Node, @unchecked Sendable {
  let cell: Cell
  private let owners: [JSONTextOwner]

  init(_ cell: Cell, offset: Int) {
    var owners: [JSONTextOwner] = []
    if case .string(let string) = cell {
      // A constant string is laid out as a document's are: copying it then counts no references.
      let storage = JSONTextStorage(string)
      owners = [storage]
      self.cell = .text(JSONText(storage))
    } else {
      cell.forEachOwner { owners.append($0) }
      self.cell = cell
    }
    self.owners = owners
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell { cell }
}

/// A declared variable.
final class SlotNode: Node, @unchecked Sendable {
  let index: Int
  let name: String

  init(_ index: Int, name: String, offset: Int) {
    self.index = index
    self.name = name
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell {
    do throws(Fault) { return try frame.slot(index, name) } catch { throw error.at(offset) }
  }
}

/// A variable of a macro or a function. Its value may be an error that shows only where it is used.
final class LocalNode: Node, @unchecked Sendable {
  let index: Int

  init(_ index: Int, offset: Int) {
    self.index = index
    super.init(offset: offset)
  }

  override func place(_ frame: inout Frame) throws(Fault) -> JSONCursor? {
    frame.place(ofLocal: index)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell {
    if let place = frame.place(ofLocal: index) { return Cell(place) }
    let cell = frame.local(index)
    if case .fault(let fault) = cell { throw fault }
    return cell
  }
}

/// What can only fail: a name or call of an unchecked expression that nothing declares.
final class FaultNode: Node, @unchecked Sendable {
  let fault: Fault

  init(_ fault: Fault, offset: Int) {
    self.fault = fault.at(offset)
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell { throw fault }
}

/// `operand.field`
final class SelectNode: Node, @unchecked Sendable {
  let operand: Node
  let field: JSONKey

  init(_ operand: Node, _ field: JSONKey, offset: Int) {
    self.operand = operand
    self.field = field
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell {
    let cell = try operand.evaluate(&frame)
    do throws(Fault) { return try Access.select(cell, field, &frame) } catch {
      throw error.at(offset)
    }
  }
}

/// `operand.?field`
final class OptionalSelectNode: Node, @unchecked Sendable {
  let operand: Node
  let field: JSONKey

  init(_ operand: Node, _ field: String, offset: Int) {
    self.operand = operand
    self.field = JSONKey(field)
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell {
    let cell = try operand.evaluate(&frame)
    do throws(Fault) { return try Access.optionalSelect(cell, field, &frame) } catch {
      throw error.at(offset)
    }
  }
}

/// `has(operand.field)`
final class HasNode: Node, @unchecked Sendable {
  let operand: Node
  let field: JSONKey

  init(_ operand: Node, _ field: String, offset: Int) {
    self.operand = operand
    self.field = JSONKey(field)
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell { .bool(try test(&frame)) }

  override func test(_ frame: inout Frame) throws(Fault) -> Bool {
    let cell = try operand.evaluate(&frame)
    do throws(Fault) { return try Access.has(cell, field, &frame) } catch { throw error.at(offset) }
  }
}

/// `operand[index]` and `operand[?index]`
final class IndexNode: Node, @unchecked Sendable {
  let operand: Node
  let index: Node
  let isOptional: Bool

  init(_ operand: Node, _ index: Node, isOptional: Bool, offset: Int) {
    self.operand = operand
    self.index = index
    self.isOptional = isOptional
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell {
    let cell = try operand.evaluate(&frame)
    let position = try index.evaluate(&frame)
    do throws(Fault) {
      return isOptional
        ? try Access.optionalIndex(cell, position, &frame)
        : try Access.index(cell, position, &frame)
    } catch {
      throw error.at(offset)
    }
  }
}

/// `condition ? yes : no`
final class ConditionalNode: Node, @unchecked Sendable {
  let condition: Node
  let yes: Node
  let no: Node

  init(_ condition: Node, _ yes: Node, _ no: Node, offset: Int) {
    self.condition = condition
    self.yes = yes
    self.no = no
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell {
    try condition.test(&frame) ? try yes.evaluate(&frame) : try no.evaluate(&frame)
  }

  override func test(_ frame: inout Frame) throws(Fault) -> Bool {
    try condition.test(&frame) ? try yes.test(&frame) : try no.test(&frame)
  }
}

/// A list literal.
final class ListNode: Node, @unchecked Sendable {
  let elements: [(node: Node, isOptional: Bool)]

  init(_ elements: [(node: Node, isOptional: Bool)], offset: Int) {
    self.elements = elements
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell {
    var cells: [Cell] = []
    cells.reserveCapacity(elements.count)
    for (node, isOptional) in elements {
      let cell = try node.evaluate(&frame)
      guard isOptional else {
        cells.append(cell)
        continue
      }
      guard case .optional(let box) = cell else {
        let type = cell.typeName
        throw Fault(.noSuchOverload, "expected an optional, found \(type)", at: node.offset)
      }
      if let wrapped = box.wrapped { cells.append(wrapped) }
    }
    return try frame.list(cells)
  }
}

/// A map literal.
final class MapNode: Node, @unchecked Sendable {
  let entries: [(key: Node, value: Node, isOptional: Bool)]

  init(_ entries: [(key: Node, value: Node, isOptional: Bool)], offset: Int) {
    self.entries = entries
    super.init(offset: offset)
  }

  override func evaluate(_ frame: inout Frame) throws(Fault) -> Cell {
    var cells: [(key: Cell, value: Cell)] = []
    cells.reserveCapacity(entries.count)
    for entry in entries {
      let key = try entry.key.evaluate(&frame)
      let value = try entry.value.evaluate(&frame)
      guard entry.isOptional else {
        cells.append((key, value))
        continue
      }
      guard case .optional(let box) = value else {
        let type = value.typeName
        throw Fault(.noSuchOverload, "expected an optional, found \(type)", at: entry.value.offset)
      }
      if let wrapped = box.wrapped { cells.append((key, wrapped)) }
    }
    do throws(Fault) { return try frame.map(cells) } catch { throw error.at(offset) }
  }
}
