/// A decoded value with the place that it was read from, to point at later.
public struct Located<Value> {
  /// The value.
  public let value: Value
  /// Where and how it is written.
  public let place: NodePlace

  /// A value and its node.
  @inlinable
  public init(_ value: Value, at node: Node) {
    self.init(value, at: node.place)
  }

  /// A value and its place.
  @inlinable
  public init(_ value: Value, at place: NodePlace) {
    self.value = value
    self.place = place
  }

  /// Where it begins.
  public var mark: Mark { place.mark }
}

/// Where and how a node is written: what is left of it when its document is forgotten.
public struct NodePlace: Sendable {
  /// How the node is written.
  public let style: Node.Style
  let file: String
  let start: Position
  let stop: Position

  /// Where the node begins: see ``Node/mark``.
  public var mark: Mark { start.mark(in: file) }

  /// Where it ends: see ``Node/end``.
  public var end: Mark { stop.mark(in: file) }
}

extension Node {
  /// Where and how the node is written.
  public var place: NodePlace {
    let record = record
    return NodePlace(style: record.style, file: file, start: record.start, stop: record.stop)
  }
}

extension Located<String> {
  /// A text that was not read from a file, as if it were written at a place.
  public init(text: String, at mark: Mark) {
    let position = Position(
      line: Int32(clamping: mark.line), column: Int32(clamping: mark.column),
      offset: Int32(clamping: mark.offset))
    self.init(
      text,
      at: NodePlace(style: .doubleQuoted, file: mark.file, start: position, stop: position))
  }
}

extension Located: Sendable where Value: Sendable {}
