internal import JSON

/// Fields, indices and membership: langdef, "Field Selection", "Aggregate Values" and the extension "Optional Types".
enum Access {
  /// `operand.field`: an error when there is none; what an optional holds is looked into.
  @inline(__always)
  static func select(
    _ operand: Cell, _ field: JSONKey, _ frame: inout Frame
  ) throws(Fault) -> Cell {
    if case .object(let cursor) = operand {
      try frame.step(searching: cursor)
      if let member = cursor.member(field) { return Cell(member) }
    }
    return try selectSlowly(operand, field, &frame)
  }

  private static func selectSlowly(
    _ operand: Cell, _ field: JSONKey, _ frame: inout Frame
  ) throws(Fault) -> Cell {
    switch operand {
    case .object:
      let name = field.string
      throw Fault(.noSuchKey, "no such key: '\(name)'")
    case .map(let box):
      if let value = box.value(for: .text(field.name)) { return value }
      let name = field.string
      throw Fault(.noSuchKey, "no such key: '\(name)'")
    case .optional(let box):
      guard let wrapped = box.wrapped else { return operand }
      return try optionalSelect(wrapped, field, &frame)
    default:
      let type = operand.typeName
      let name = field.string
      throw Fault(.noSuchOverload, "a value of type \(type) has no field '\(name)'")
    }
  }

  /// `operand.?field`: an optional, none when there is no such field.
  static func optionalSelect(
    _ operand: Cell, _ field: JSONKey, _ frame: inout Frame
  ) throws(Fault) -> Cell {
    switch operand {
    case .optional(let box):
      guard let wrapped = box.wrapped else { return operand }
      return try optionalSelect(wrapped, field, &frame)
    default:
      let value = try find(field, in: operand, &frame)
      return .optional(value.map { OptionalBox($0) } ?? .none)
    }
  }

  /// `has(operand.field)`.
  static func has(_ operand: Cell, _ field: JSONKey, _ frame: inout Frame) throws(Fault) -> Bool {
    switch operand {
    case .object(let cursor):
      try frame.step(searching: cursor)
      return cursor.member(field) != nil
    case .optional(let box):
      guard let wrapped = box.wrapped else { return false }
      return try has(wrapped, field, &frame)
    default: return try find(field, in: operand, &frame) != nil
    }
  }

  private static func find(
    _ field: JSONKey, in operand: Cell, _ frame: inout Frame
  ) throws(Fault) -> Cell? {
    switch operand {
    case .object(let cursor):
      try frame.step(searching: cursor)
      return cursor.member(field).map { Cell($0) }
    case .map(let box): return box.value(for: .text(field.name))
    default:
      let type = operand.typeName
      let name = field.string
      throw Fault(.noSuchOverload, "a value of type \(type) has no field '\(name)'")
    }
  }

  /// `operand[index]`.
  static func index(_ operand: Cell, _ index: Cell, _ frame: inout Frame) throws(Fault) -> Cell {
    if case .optional(let box) = operand {
      guard let wrapped = box.wrapped else { return operand }
      return try optionalIndex(wrapped, index, &frame)
    }
    if let found = try find(index, in: operand, &frame) { return found }
    switch operand {
    case .list, .array:
      let text = index.summary
      throw Fault(.indexOutOfRange, "index out of range: \(text)")
    default:
      let text = index.summary
      throw Fault(.noSuchKey, "no such key: \(text)")
    }
  }

  /// `operand[?index]`: an optional, none when there is no such element.
  static func optionalIndex(_ operand: Cell, _ index: Cell, _ frame: inout Frame) throws(Fault)
    -> Cell
  {
    if case .optional(let box) = operand {
      guard let wrapped = box.wrapped else { return operand }
      return try optionalIndex(wrapped, index, &frame)
    }
    return .optional(try find(index, in: operand, &frame).map { OptionalBox($0) } ?? .none)
  }

  private static func find(_ index: Cell, in operand: Cell, _ frame: inout Frame) throws(Fault)
    -> Cell?
  {
    switch operand {
    case .list(let box):
      guard let position = try position(index) else { return nil }
      return box.elements.indices.contains(position) ? box.elements[position] : nil
    case .array(let cursor):
      guard let position = try position(index) else { return nil }
      try frame.step(max(0, min(position, cursor.saturatedCount)))
      return cursor.element(position).map { Cell($0) }
    case .map, .object:
      if case .object(let cursor) = operand { try frame.step(searching: cursor) }
      try frame.step(text: index)
      return MapEntries.value(for: index, in: operand)
    default: throw .noOverload("_[_]", operand, index)
    }
  }

  /// A list's index: any whole number; nil when it is beyond any list.
  private static func position(_ index: Cell) throws(Fault) -> Int? {
    switch index {
    case .int(let value): return Int(value)
    case .uint(let value): return Int(exactly: value)
    case .double(let value):
      guard let whole = Int(exactly: value) else {
        throw Fault(.invalidArgument, "a list's index is a whole number")
      }
      return whole
    default:
      let type = index.typeName
      throw Fault(.invalidArgument, "a list's index can't be of type \(type)")
    }
  }

  /// `element in container`.
  static func contains(_ container: Cell, _ element: Cell, _ frame: inout Frame) throws(Fault)
    -> Bool
  {
    switch container {
    case .list(let box):
      for candidate in box.elements {
        try frame.step()
        if try Equality.isEqual(candidate, element, &frame) { return true }
      }
      return false
    case .array(let cursor):
      var elements = cursor.elements
      while let candidate = elements.next() {
        try frame.step()
        if try Equality.isEqual(Cell(candidate), element, &frame) { return true }
      }
      return false
    case .map, .object:
      if case .object(let cursor) = container { try frame.step(searching: cursor) }
      try frame.step(text: element)
      return MapEntries.value(for: element, in: container) != nil
    default: throw .noOverload("@in", element, container)
    }
  }
}
