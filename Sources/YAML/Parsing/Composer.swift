internal import Text

/// Builds documents out of events: nests them, resolves aliases, keeps the limits.
struct Composer: ~Copyable {
  private var events: EventStream
  var source: SourceText
  let file: String
  let limits: YAMLLimits
  private let diagnostics: Diagnostics
  private var reported = 0
  /// What has been read of the file.
  private(set) var tree: NodeTree.Builder

  private var anchors: [String: Anchored] = [:]
  /// Nodes so far, aliases followed.
  private var nodes = 0
  private var aliasNodes = 0
  /// The greatest depth reached since an anchored node began.
  private var deepest = 0

  /// Where the brackets begin that are still open.
  private var brackets: [Position] = []
  /// Where the last scalar begins, if it is in quotes and ends on a later line.
  private var quote: Position?

  /// What an anchor names.
  private enum Anchored {
    /// Still being read: an alias to it would contain itself.
    case open
    case node(Int32, nodes: Int, height: Int)
  }

  init(_ source: SourceText, file: String, limits: YAMLLimits, diagnostics: Diagnostics) {
    self.source = source
    self.file = file
    self.limits = limits
    self.diagnostics = diagnostics
    events = EventStream(source.text)
    tree = NodeTree.Builder(bytes: source.text.count, lines: source.lineCount)
  }

  /// Every document up to the first syntax error, which is reported. They share one tree.
  mutating func composeDocuments() -> [Document] {
    let roots = composeRoots()
    let tree = tree.finish(file: file)
    return roots.enumerated().map { Document(root: Node($1, in: tree), index: $0) }
  }

  private mutating func composeRoots() -> [Int32] {
    var roots: [Int32] = []
    do throws(SyntaxFault) {
      while true {
        let event = try next()
        switch event.kind {
        case .streamEnd: return roots
        case .documentStart:
          guard roots.count < limits.documents else {
            throw SyntaxFault(
              message: "more documents than the limit of \(limits.documents) (documents); "
                + "split the file",
              position: source.position(of: event.start))
          }
          anchors.removeAll(keepingCapacity: true)
          roots.append(try compose(try next(), depth: 0))
        default: continue
        }
      }
    } catch {
      report(error.message, at: error.position)
      return roots
    }
  }

  /// Adds an error and reads on.
  mutating func report(_ message: String, at position: Position) {
    reported += 1
    if reported <= limits.diagnostics {
      diagnostics.error(message, at: position.mark(in: file))
    } else if reported == limits.diagnostics + 1 {
      diagnostics.note(
        "more than the limit of \(limits.diagnostics) errors in this file (diagnostics); "
          + "the rest is left out",
        at: position.mark(in: file))
    }
  }

  private mutating func next() throws(SyntaxFault) -> Event {
    do throws(SyntaxError) {
      return try events.next()
    } catch {
      throw SyntaxMessage.fault(for: error, in: &source, open: brackets.last, after: quote)
    }
  }

  private mutating func compose(_ event: Event, depth: Int) throws(SyntaxFault) -> Int32 {
    let start = source.position(of: event.start)
    if event.kind == .alias { return try alias(event, at: start, depth: depth) }
    nodes += 1
    guard nodes - aliasNodes <= limits.nodes else {
      throw SyntaxFault(
        message: "more nodes than the limit of \(limits.nodes) (nodes); split the file",
        position: start)
    }
    guard event.hasProperties, let anchor = events.anchor else {
      return try content(of: event, at: start, depth: depth)
    }
    anchors[anchor] = .open
    let (nodesBefore, deepestBefore) = (nodes, deepest)
    deepest = depth
    let node = try content(of: event, at: start, depth: depth)
    anchors[anchor] = .node(node, nodes: nodes - nodesBefore + 1, height: deepest - depth)
    deepest = max(deepest, deepestBefore)
    return node
  }

  private mutating func content(
    of event: Event, at start: Position, depth: Int
  ) throws(SyntaxFault) -> Int32 {
    let properties: NodeProperties? =
      event.hasProperties ? NodeProperties(tag: events.tag, anchor: events.anchor) : nil
    var record: NodeTree.Record
    switch event.kind {
    case .sequenceStart, .mappingStart:
      try enter(depth, at: start)
      let bracket = self.bracket(of: event)
      if let bracket { brackets.append(bracket) }
      record =
        event.kind == .sequenceStart
        ? try sequence(event.style, at: start, depth: depth + 1)
        : try mapping(event.style, at: start, depth: depth + 1)
      if bracket != nil { brackets.removeLast() }
    default:
      record = try scalar(event, at: start)
    }
    if let properties { record.properties = tree.add(properties) }
    let node = tree.add(record)
    if let tag = properties?.tag { check(tag, of: node) }
    return node
  }

  private mutating func scalar(
    _ event: Event, at start: Position
  ) throws(SyntaxFault) -> NodeTree.Record {
    let length = events.withText(\.count)
    guard length <= limits.scalarBytes else {
      throw SyntaxFault(
        message: "a text of \(length) bytes is longer than the limit of "
          + "\(limits.scalarBytes) (scalarBytes); shorten it",
        position: start)
    }
    // Of what is ASCII, only double quotes make something else.
    let isASCII = source.isASCII && event.style != .doubleQuoted
    let text = events.withText { tree.add($0, isASCII: isASCII) }
    var stop = source.position(of: event.end)
    quote = nil
    switch event.style {
    case .literal, .folded: trim(&stop, notBefore: start)
    case .singleQuoted, .doubleQuoted: if stop.line > start.line { quote = start }
    default: break
    }
    return NodeTree.Record(
      kind: .scalar, style: event.style, first: text.first, count: text.count, start: start,
      stop: stop)
  }

  private mutating func sequence(
    _ style: Node.Style, at start: Position, depth: Int
  ) throws(SyntaxFault) -> NodeTree.Record {
    let place = tree.place
    while true {
      let event = try next()
      if event.kind == .sequenceEnd {
        return close(.sequence, style, from: place, at: start, event)
      }
      tree.push(try compose(event, depth: depth))
    }
  }

  private mutating func mapping(
    _ style: Node.Style, at start: Position, depth: Int
  ) throws(SyntaxFault) -> NodeTree.Record {
    let place = tree.place
    // The places of keys, once they are many.
    var many: [String: Int] = [:]
    while true {
      let event = try next()
      if event.kind == .mappingEnd {
        return close(.mapping, style, from: place, at: start, event)
      }
      let key = try compose(event, depth: depth)
      let value = try compose(try next(), depth: depth)
      guard isUsable(key) else { continue }
      if let first = known(key, from: place, &many) {
        report(
          "key '\(Excerpt.of(tree.string(key)))' is already on line "
            + "\(tree[tree.node(at: first)].start.line); remove one of the two",
          at: tree[key].start)
      } else {
        tree.push(key)
        tree.push(value)
      }
    }
  }

  /// Where the same key stands already; a key that is new is noted.
  private func known(_ key: Int32, from place: Int, _ many: inout [String: Int]) -> Int? {
    if tree.place - place <= 32 { return tree.place(of: key, from: place) }
    if many.isEmpty {
      for other in stride(from: place, to: tree.place, by: 2) {
        many[tree.string(tree.node(at: other))] = other
      }
    }
    let name = tree.string(key)
    if let first = many[name] { return first }
    many[name] = tree.place
    return nil
  }

  /// The collection that ends here: it holds what was read from a place on.
  private mutating func close(
    _ kind: Node.Kind, _ style: Node.Style, from place: Int, at start: Position, _ event: Event
  ) -> NodeTree.Record {
    let nodes = tree.place - place
    let last = nodes > 0 ? tree[tree.node(at: tree.place - 1)].stop : nil
    return NodeTree.Record(
      kind: kind, style: style, first: tree.close(from: place),
      count: Int32(kind == .mapping ? nodes / 2 : nodes), start: start,
      stop: end(of: event, after: last, start: start))
  }

  /// The place of the bracket that a collection begins with. Behind a tag or an anchor it is the last
  /// character of what libyaml takes for the beginning; `[a: b]` has a mapping without brackets.
  private mutating func bracket(of event: Event) -> Position? {
    guard event.style == .flow else { return nil }
    let end = source.position(of: event.end)
    let bracket = Position(line: end.line, column: end.column - 1, offset: end.offset - 1)
    return bracket.offset >= 0 && "[{".utf8.contains(source.text[source.byte(at: bracket)])
      ? bracket : nil
  }

  private mutating func alias(
    _ event: Event, at start: Position, depth: Int
  ) throws(SyntaxFault) -> Int32 {
    let name = events.anchor ?? ""
    guard let anchored = anchors[name] else {
      throw SyntaxFault(
        message: "no anchor named '\(name)' above"
          + Suggestion.hint(for: name, among: anchors.keys)
          + (Suggestion.closest(to: name, among: anchors.keys) == nil
            ? "; a text that begins with '*' must be quoted" : ""),
        position: start)
    }
    guard case .node(let node, let count, let height) = anchored else {
      throw SyntaxFault(
        message: "alias '*\(name)' stands inside the node that it refers to; write the value out",
        position: start)
    }
    aliasNodes += count
    guard aliasNodes <= limits.aliasNodes else {
      throw SyntaxFault(
        message: "aliases stand for more nodes than the limit of \(limits.aliasNodes) "
          + "(aliasNodes); write the values out",
        position: start)
    }
    if height > 0 { try enter(depth + height - 1, at: start) }
    nodes += count
    deepest = max(deepest, depth + height)
    var record = tree[node]
    let tag = record.properties < 0 ? nil : tree.properties[Int(record.properties)].tag
    record.properties = tree.add(NodeProperties(tag: tag, alias: name))
    record.start = start
    record.stop = source.position(of: event.end)
    return tree.add(record)
  }

  /// Notes that a collection's items stand one level below `depth`.
  private mutating func enter(_ depth: Int, at start: Position) throws(SyntaxFault) {
    guard depth < limits.depth else {
      throw SyntaxFault(
        message: "nested deeper than the limit of \(limits.depth) levels (depth); flatten it",
        position: start)
    }
    deepest = max(deepest, depth + 1)
  }

  /// Where a collection ends. libyaml ends a block at whatever comes next, comments skipped.
  private mutating func end(of event: Event, after last: Position?, start: Position) -> Position {
    let stop = source.position(of: event.end)
    let isBlock = event.end.index == event.start.index
    return isBlock ? last ?? start : stop
  }

  /// Moves the end of a block scalar back before its last line break and what is blank behind.
  private func trim(_ stop: inout Position, notBefore start: Position) {
    var byte = source.byte(at: stop)
    let first = source.byte(at: start)
    while byte > first, [0x20, 0x0A, 0x0D].contains(source.text[byte - 1]) { byte -= 1 }
    stop = source.position(ofByte: byte, from: start)
  }
}
