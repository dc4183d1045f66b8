/// A decoded value with the node that it was read from, to point at later.
public struct Located<Value> {
  /// The value.
  public let value: Value
  /// Where it is written.
  public let node: Node

  /// A value and its node.
  public init(_ value: Value, at node: Node) {
    self.value = value
    self.node = node
  }

  /// Where it is written.
  public var mark: Mark { node.mark }
}

extension Located<String> {
  /// A text that was not read from a file, as if it were written at a place.
  public init(text: String, at mark: Mark) {
    let position = Position(
      line: Int32(clamping: mark.line), column: Int32(clamping: mark.column),
      offset: Int32(clamping: mark.offset))
    self.init(
      text,
      at: Node(
        .scalar(text), style: .doubleQuoted, file: mark.file, start: position, stop: position))
  }
}

extension Located: Sendable where Value: Sendable {}
