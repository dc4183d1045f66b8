internal import JSON

/// A node's operand that is looked at once.
///
/// Most are fields of a document, or of a macro's variable, or that variable: those are looked at where they stand, without a cell between. Whoever
/// asks for the place and gets none asks for the value then, which counts no step of the search again.
struct Operand: Sendable {
  let node: Node
  private let path: PathNode?
  private let localPath: LocalPathNode?
  private let local: LocalNode?

  init(_ node: Node) {
    self.node = node
    path = node as? PathNode
    localPath = node as? LocalPathNode
    local = node as? LocalNode
  }

  /// Where the value stands in a document; nil where it is not there, and for other operands.
  @inline(__always)
  func place(_ frame: inout Frame) throws(Fault) -> JSONCursor? {
    if let path { return try path.find(&frame) }
    if let localPath { return try localPath.find(&frame) }
    guard let local else { return nil }
    return frame.place(ofLocal: local.index)
  }

  /// The value after ``place(_:)`` gave none.
  @inline(__always)
  func value(_ frame: inout Frame) throws(Fault) -> Cell {
    if let path { return try path.follow(&frame) }
    if let localPath { return try localPath.follow(&frame) }
    return try node.evaluate(&frame)
  }
}
