internal import JSON

/// A node's operand that is looked at once.
///
/// Most are fields of a document, or a macro's variable: those are looked at where they stand, without a cell between. It is the same
/// as to ask the node, without a call where the operand is a field of a declared variable or a variable itself.
struct Operand: Sendable {
  let node: Node
  private let path: PathNode?
  private let local: LocalNode?

  init(_ node: Node) {
    self.node = node
    path = node as? PathNode
    local = node as? LocalNode
  }

  /// See ``Node/place(_:)``.
  @inline(__always)
  func place(_ frame: inout Frame) throws(Fault) -> JSONCursor? {
    if let path { return try path.find(&frame) }
    if let local { return frame.place(ofLocal: local.index) }
    return try node.place(&frame)
  }
}
