/// A node of a YAML document, with the place where it is written.
///
/// Scalars keep their text and are only resolved when somebody asks (``resolved``), so that a
/// number can still be read as the text that it was.
public struct Node: Sendable {
  /// What a node holds.
  public enum Content: Sendable {
    /// A scalar's text, without quotes, escapes resolved.
    case scalar(String)
    /// A list's items.
    case sequence([Node])
    /// A mapping's entries in the order of the file. No two have the same key.
    case mapping([Entry])
  }

  /// Which of the three kinds a node is.
  public enum Kind: Sendable, Hashable { case scalar, sequence, mapping }

  /// How a node is written.
  public enum Style: UInt8, Sendable, Hashable {
    /// A scalar without quotes; the only one that the core schema resolves.
    case plain
    /// `'…'` or `"…"`.
    case singleQuoted, doubleQuoted
    /// `|` and `>`.
    case literal, folded
    /// A collection by indentation, or in brackets.
    case block, flow
  }

  /// One entry of a mapping.
  public struct Entry: Sendable {
    /// The key: always a scalar.
    public let key: Node
    /// The value; a null scalar without extent where none is written.
    public let value: Node

    /// The key's text.
    public var name: String { key.scalar ?? "" }
  }

  /// What the node holds.
  public let content: Content
  /// How it is written.
  public let style: Style
  let properties: NodeProperties?
  /// The file's name as it was given to the parser.
  public let file: String
  let start: Position
  let stop: Position

  init(
    _ content: Content, style: Style, properties: NodeProperties? = nil, file: String,
    start: Position, stop: Position
  ) {
    self.content = content
    self.style = style
    self.properties = properties
    self.file = file
    self.start = start
    self.stop = stop
  }

  /// Where the node begins: at its tag or anchor if it has one, at its opening quote or bracket, at
  /// its first key or dash. Of an alias: at the `*`. Of a value that is not written: behind its colon
  /// or dash, inside brackets at what follows.
  public var mark: Mark { start.mark(in: file) }

  /// Where it ends: behind its last character, closing quote or bracket; never behind the blank
  /// lines and comments that follow a block.
  public var end: Mark { stop.mark(in: file) }

  /// ``mark`` to ``end`` in bytes.
  public var byteRange: Range<Int> { Int(start.offset)..<Int(stop.offset) }

  /// The explicit tag in full (`tag:yaml.org,2002:str` for `!!str`), if one is written.
  public var tag: String? { properties?.tag }

  /// The anchor's name, if one is written.
  public var anchor: String? { properties?.anchor }

  /// The name of the anchor that an alias stood for at this place. Its content is the anchored
  /// node's, and what is inside it keeps the places of the original.
  public var alias: String? { properties?.alias }
}

/// What few nodes have.
final class NodeProperties: Sendable {
  let tag: String?
  let anchor: String?
  let alias: String?

  init(tag: String? = nil, anchor: String? = nil, alias: String? = nil) {
    self.tag = tag
    self.anchor = anchor
    self.alias = alias
  }
}

extension Node {
  /// Which kind of node it is.
  public var kind: Kind {
    switch content {
    case .scalar: .scalar
    case .sequence: .sequence
    case .mapping: .mapping
    }
  }

  /// A scalar's text; nil for collections.
  public var scalar: String? {
    if case .scalar(let text) = content { text } else { nil }
  }

  /// A list's items; nil for other kinds.
  public var items: [Node]? {
    if case .sequence(let items) = content { items } else { nil }
  }

  /// A mapping's entries; nil for other kinds.
  public var entries: [Entry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }

  /// The value of a mapping's key; nil where there is none, or for other kinds.
  ///
  /// - Complexity: O(*n*) in the mapping's entries.
  public subscript(key: String) -> Node? { entry(key)?.value }

  /// A list's item; nil where there is none, or for other kinds.
  public subscript(index: Int) -> Node? {
    guard let items, items.indices.contains(index) else { return nil }
    return items[index]
  }

  /// The entry of a mapping's key: to point at the key instead of the value.
  ///
  /// - Complexity: O(*n*) in the mapping's entries.
  public func entry(_ key: String) -> Entry? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.name == key }
  }

  /// What a scalar is by the core schema and its tag; nil for collections.
  public var resolved: CoreScalar? {
    guard case .scalar(let text) = content else { return nil }
    return CoreScalar(text, isPlain: style == .plain, tag: tag)
  }

  /// Whether the node is null: `~`, `null`, or nothing written at all.
  public var isNull: Bool { resolved == .null }
}
