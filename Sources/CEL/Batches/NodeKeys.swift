internal import JSON

/// Tells which parts of conditions are the same: the same operations on the same values.
struct NodeKeys {
  let batch: BatchProgram
  let frame: Frame
  /// The parameters that have values.
  let locals: [Int: BatchOperand]
  /// The variables of macros, by their place in the order in which they come.
  private var names: [Int: Int] = [:]
  /// Whether what was named depends on the row.
  private(set) var readsRow = false
  /// The parameters that were named.
  private(set) var readLocals: Set<Int> = []
  /// Whether it reads variables that are computed when they are read first.
  private(set) var readsVariables = false

  init(batch: BatchProgram, frame: Frame, locals: [Int: BatchOperand]) {
    self.batch = batch
    self.frame = frame
    self.locals = locals
  }

  /// Two nodes with the same key have the same value, and the same cost.
  mutating func key(_ node: Node) -> String {
    switch node {
    case let node as ConstantNode: return batch.key(of: node.cell)
    case let node as SlotNode: return key(slot: node.index)
    case let node as TimeNode: return key(slot: node.slot.index)
    case let node as LocalNode: return key(local: node.index)
    case let node as DefinedCallNode:
      // The body is the same, but may read what stands in another activation.
      let slots = node.function.slots.map { key(slot: $0) }
      return batch.interned("\(named(NodeShape(node))) \(slots)")
    case is FaultNode: return "fault"
    default: return batch.interned(named(NodeShape(node)))
    }
  }

  private mutating func named(_ shape: NodeShape?) -> String {
    guard let shape else {
      (readsRow, readsVariables) = (true, true)
      return "unknown\(batch.nextNumber())"
    }
    let places = shape.locals.map { index in
      let name = names[index] ?? names.count
      names[index] = name
      return name
    }
    let parts = shape.parts.map { key($0) }
    return "(\(shape.operation) \(places) \(parts.joined(separator: " ")))"
  }

  private mutating func key(local index: Int) -> String {
    guard let operand = locals[index] else {
      let name = names[index] ?? names.count
      names[index] = name
      return "local\(name)"
    }
    readLocals.insert(index)
    if let constant = operand.constant { return batch.key(of: constant) }
    readsRow = true
    return "column\(BatchProgram.name(operand.column))"
  }

  mutating func key(slot index: Int) -> String {
    if batch.changing[index] != nil {
      readsRow = true
      return "row\(index)"
    }
    guard index < frame.slots.count else { return "unset" }
    switch frame.slots[index] {
    case .value(let cell): return batch.key(of: cell)
    case .kept(let variable):
      readsVariables = true
      if variable.isOfRow { readsRow = true }
      return "variable\(variable.number)"
    default: return "unset"
    }
  }
}

extension BatchProgram {
  /// A constant's key.
  func key(of cell: Cell) -> String {
    var room = 200
    return key(of: cell, &room)
  }

  private func key(of cell: Cell, _ room: inout Int) -> String {
    room -= 1
    switch cell {
    case .null: return "null"
    case .bool(let value): return "\(value)"
    case .int(let value): return "\(value)"
    case .uint(let value): return "\(value)u"
    case .double(let value): return "d\(value.bitPattern)"
    // One weighs more than the other.
    case .text(let text): return interned("text \(Array(text.string.utf8))")
    case .string(let text): return interned("made \(Array(text.utf8))")
    case .timestamp(let time): return "time \(time.seconds) \(time.nanoseconds)"
    case .duration(let span): return "span \(span.totalNanoseconds)"
    case .type(let box): return "type \(box.type.name)"
    case .array(let cursor), .object(let cursor):
      hold(cursor.document)
      return "part \(cursor.place)"
    case .list(let box) where room > box.elements.count:
      let keys = box.elements.map { key(of: $0, &room) }
      return interned("list \(keys.joined(separator: ","))")
    case .list(let box): return identity(of: box)
    case .map(let box): return identity(of: box)
    case .optional(let box): return identity(of: box)
    case .bytes, .network, .fault: return "other\(nextNumber())"
    }
  }

  private func identity(of box: AnyObject) -> String {
    hold(box)
    return "box \(ObjectIdentifier(box).hashValue)"
  }
}
