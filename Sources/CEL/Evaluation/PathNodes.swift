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
