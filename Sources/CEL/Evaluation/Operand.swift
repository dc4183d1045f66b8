internal import JSON

/// A node's operand that is looked at once.
///
/// Most are fields of a document, or a macro's variable: those are looked at where they stand, without a cell between. Whoever
/// asks for the place and gets none asks for the value then, which counts no step of the search again.
struct Operand: Sendable {
  let node: Node
  private let path: PathNode?
  private let local: LocalNode?

  init(_ node: Node) {
    self.node = node
    path = node as? PathNode
    local = node as? LocalNode
  }

  /// Where the value stands in a document; nil where it is not there, and for other operands.
  @inline(__always)
  func place(_ frame: inout Frame) throws(Fault) -> JSONCursor? {
    if let path { return try path.find(&frame) }
    return local.flatMap { frame.place(ofLocal: $0.index) }
  }

  /// The value after ``place(_:)`` gave none.
  @inline(__always)
  func value(_ frame: inout Frame) throws(Fault) -> Cell {
    guard let path else { return try node.evaluate(&frame) }
    return try path.follow(&frame)
  }

  /// Tests the text that the operand is, or whatever else it is.
  @inline(__always)
  func test(
    _ frame: inout Frame,
    text: (JSONText, inout Frame) throws(Fault) -> Bool,
    other: (Cell, inout Frame) throws(Fault) -> Bool
  ) throws(Fault) -> Bool {
    if let place = try place(&frame) {
      if let found = place.text { return try text(found, &frame) }
      return try other(Cell(place), &frame)
    }
    let cell = try value(&frame)
    if case .text(let found) = cell { return try text(found, &frame) }
    return try other(cell, &frame)
  }
}
