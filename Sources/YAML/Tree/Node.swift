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

  let tree: NodeTree
  /// Its record's place in the tree.
  private let index: Int32

  init(_ index: Int32, in tree: NodeTree) {
    self.index = index
    self.tree = tree
  }

  var record: NodeTree.Record { tree.records[Int(index)] }

  /// What the node holds.
  ///
  /// - Complexity: O(*n*) in what stands in it, at each call.
  public var content: Content {
    switch record.kind {
    case .scalar: .scalar(tree.string(record))
    case .sequence: .sequence(items ?? [])
    case .mapping: .mapping(entries ?? [])
    }
  }

  /// How it is written.
  public var style: Style { record.style }

  /// The file's name as it was given to the parser.
  public var file: String { tree.file }

  var start: Position { record.start }
  var stop: Position { record.stop }

  private var properties: NodeProperties? {
    let place = record.properties
    return place < 0 ? nil : tree.properties[Int(place)]
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
  public var kind: Kind { record.kind }

  /// A scalar's text; nil for collections.
  public var scalar: String? {
    let record = record
    return record.kind == .scalar ? tree.string(record) : nil
  }

  /// Whether a scalar is a string by its first character or its quotes: nothing has to be resolved.
  public var isClearlyString: Bool {
    let record = record
    guard record.kind == .scalar, record.properties < 0 else { return false }
    guard record.style == .plain else { return true }
    return record.count > 0 && !CoreScalar.mayBegin(tree.text[Int(record.first)])
  }

  /// Calls with the bytes of a scalar's text; with none for collections.
  public func withText(_ body: (borrowing Span<UInt8>) -> Void) {
    let record = record
    let count = record.kind == .scalar ? Int(record.count) : 0
    let text = tree.text
    let span = text.span
    body(span.extracting(Int(record.first)..<Int(record.first) + count))
  }

  /// How many items a list, or entries a mapping, has; 0 for a scalar.
  public var count: Int { record.kind == .scalar ? 0 : Int(record.count) }

  /// A list's items; nil for other kinds.
  public var items: [Node]? {
    record.kind == .sequence ? (0..<count).map { child($0) } : nil
  }

  /// A mapping's entries; nil for other kinds.
  public var entries: [Entry]? {
    record.kind == .mapping ? (0..<count).map { entry(at: $0) } : nil
  }

  /// The value of a mapping's key; nil where there is none, or for other kinds.
  ///
  /// - Complexity: O(*n*) in the mapping's entries.
  public subscript(key: String) -> Node? { place(of: key).map { child(2 * $0 + 1) } }

  /// A list's item; nil where there is none, or for other kinds.
  public subscript(index: Int) -> Node? {
    kind == .sequence && index >= 0 && index < count ? child(index) : nil
  }

  /// The entry of a mapping's key: to point at the key instead of the value.
  ///
  /// - Complexity: O(*n*) in the mapping's entries.
  public func entry(_ key: String) -> Entry? { place(of: key).map { entry(at: $0) } }

  /// Calls for each entry of a mapping, in the order of the file, until one call says no.
  ///
  /// - Returns: Whether none said no.
  @inlinable
  public func eachEntry(_ body: (_ key: Node, _ value: Node) -> Bool) -> Bool {
    guard kind == .mapping else { return true }
    for place in 0..<count where !body(child(2 * place), child(2 * place + 1)) { return false }
    return true
  }

  /// Calls for each item of a list, in order, until one call says no.
  ///
  /// - Returns: Whether none said no.
  @inlinable
  public func eachItem(_ body: (Node) -> Bool) -> Bool {
    guard kind == .sequence else { return true }
    for place in 0..<count where !body(child(place)) { return false }
    return true
  }

  /// What a scalar is by the core schema and its tag; nil for collections.
  public var resolved: CoreScalar? { scalar.map { resolving($0) } }

  /// What the scalar is whose text is at hand.
  func resolving(_ text: String) -> CoreScalar {
    let record = record
    let tag = record.properties < 0 ? nil : tag
    return CoreScalar(text, isPlain: record.style == .plain, tag: tag)
  }

  /// Whether the node is null: `~`, `null`, or nothing written at all.
  public var isNull: Bool { record.count <= 4 && resolved == .null }

  // MARK: Places in a collection

  func place(of key: String) -> Int? {
    let record = record
    return record.kind == .mapping ? tree.place(of: key, in: record) : nil
  }

  func entry(at place: Int) -> Entry { Entry(key: child(2 * place), value: child(2 * place + 1)) }

  @usableFromInline
  func child(_ place: Int) -> Node { Node(tree.child(place, of: record), in: tree) }
}
