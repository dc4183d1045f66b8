/// How a node becomes a value: `.string`, `.list(of: .date)`, `.choice(of: Impact.self)`, ….
///
/// A decoder never stops at the first fault: it reports what it finds and returns nil.
public struct NodeDecoder<Value>: Sendable {
  /// What it reads, as messages say it after "expected": `a list of strings`.
  public let expectation: String
  /// Makes ``shape``: every run decodes, few describe.
  @usableFromInline let describe: @Sendable () -> Shape
  @usableFromInline let body: @Sendable (Node, Diagnostics) -> Value?

  /// A decoder.
  ///
  /// - Parameters:
  ///   - expectation: What it reads, to follow "expected".
  ///   - shape: The same as a schema says it.
  ///   - body: Returns the value, or reports at least one error and returns nil.
  @inlinable
  public init(
    _ expectation: String, shape: @autoclosure @escaping @Sendable () -> Shape = .any,
    _ body: @escaping @Sendable (Node, Diagnostics) -> Value?
  ) {
    self.expectation = expectation
    self.describe = shape
    self.body = body
  }

  /// The same as a schema says it.
  @inlinable
  public var shape: Shape { describe() }

  /// The value of a node; nil after an error has gone to `diagnostics`.
  @inlinable
  public func decode(_ node: Node, into diagnostics: Diagnostics) -> Value? {
    body(node, diagnostics)
  }

  /// The same, with another value made of it.
  @inlinable
  public func map<Result>(
    _ transform: @escaping @Sendable (Value) -> Result
  ) -> NodeDecoder<Result> {
    NodeDecoder<Result>(expectation, shape: shape) { node, diagnostics in
      decode(node, into: diagnostics).map(transform)
    }
  }

  /// The same, called otherwise in messages, or described more closely.
  @inlinable
  public func described(
    as expectation: String? = nil, shape: @autoclosure @escaping @Sendable () -> Shape? = nil
  ) -> NodeDecoder<Value> {
    NodeDecoder(expectation ?? self.expectation, shape: shape() ?? describe(), body)
  }

  /// The same, with a further condition.
  ///
  /// - Parameter problem: The message when the condition does not hold; nil when it does.
  @inlinable
  public func checked(_ problem: @escaping @Sendable (Value) -> String?) -> NodeDecoder<Value> {
    NodeDecoder(expectation, shape: shape) { node, diagnostics in
      guard let value = decode(node, into: diagnostics) else { return nil }
      guard let message = problem(value) else { return value }
      diagnostics.error(message, at: node.mark)
      return nil
    }
  }

  /// A decoder that keeps the node beside the value.
  @inlinable
  public static func located<Inner>(_ inner: NodeDecoder<Inner>) -> NodeDecoder<Located<Inner>>
  where Value == Located<Inner> {
    NodeDecoder(inner.expectation, shape: inner.shape) { node, diagnostics in
      inner.decode(node, into: diagnostics).map { Located($0, at: node) }
    }
  }

  /// A decoder of one scalar.
  ///
  /// - Parameters:
  ///   - expectation: What it reads, to follow "expected".
  ///   - shape: The same as a schema says it.
  ///   - hint: What ends the message for a scalar that is none, from the scalar and its text.
  ///   - read: The value, or nil when the scalar is none.
  static func scalar(
    _ expectation: String, shape: @autoclosure @escaping @Sendable () -> Shape,
    hint: @escaping @Sendable (CoreScalar, String) -> String = { _, _ in "" },
    read: @escaping @Sendable (CoreScalar, String) -> Value?
  ) -> NodeDecoder<Value> {
    NodeDecoder(expectation, shape: shape()) { node, diagnostics in
      guard let text = node.scalar else {
        diagnostics.error("expected \(expectation), found \(node.found)", at: node.mark)
        return nil
      }
      let scalar = node.resolving(text)
      if let value = read(scalar, text) { return value }
      diagnostics.error(
        "expected \(expectation), found \(node.found)\(hint(scalar, text))", at: node.mark)
      return nil
    }
  }
}
