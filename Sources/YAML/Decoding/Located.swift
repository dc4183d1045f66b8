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

extension Located: Sendable where Value: Sendable {}
