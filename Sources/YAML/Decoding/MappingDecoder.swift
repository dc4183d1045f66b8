internal import Text

/// Reads the fields of a mapping, each by name, and reports every fault on the way.
///
/// ```swift
/// let exception = NodeDecoder<Exception>.mapping { fields in
///   let owner = fields.required("owner", as: .text)
///   let expires = fields.optional("expires", as: .located(.date))
///   guard let owner else { return nil }
///   return Exception(owner: owner, expires: expires)
/// }
/// ```
///
/// A field left empty (`owner:`) is an error even where it may be missing: what was to be written
/// there is not known, and to read it as nothing could widen an exception or drop a check.
public final class MappingDecoder {
  /// The mapping.
  public let node: Node
  /// Where faults go.
  public let diagnostics: Diagnostics
  /// The names that were asked for, in order; one may stand there twice.
  private var known: [String] = []
  /// The entries that were asked for, by their places: a bit for each.
  private var seen: UInt64 = 0
  /// The same of those that a mapping of more than 64 entries has behind them.
  private var seenLater: Set<Int> = []

  /// A decoder of a mapping; nil, after an error, when the node is something else.
  public init?(
    _ node: Node, expectation: String = "a mapping", into diagnostics: Diagnostics
  ) {
    guard node.kind == .mapping else {
      diagnostics.error("expected \(expectation), found \(node.found)", at: node.mark)
      return nil
    }
    self.node = node
    known.reserveCapacity(16)
    self.diagnostics = diagnostics
  }

  /// Where the mapping begins.
  public var mark: Mark { node.mark }

  /// The names of the fields that are there, in the order of the file.
  public var names: [String] { (0..<node.count).map { node.child(2 * $0).scalar ?? "" } }

  /// A field's entry, with the places of key and value; nil when it is missing. The field counts as
  /// known from now on.
  public func entry(_ name: String) -> Node.Entry? {
    place(name).map { node.entry(at: $0) }
  }

  /// A field's node; nil when it is missing. The field counts as known from now on.
  public func node(_ name: String) -> Node? {
    place(name).map { node.child(2 * $0 + 1) }
  }

  private func place(_ name: String) -> Int? {
    known.append(name)
    let place = node.place(of: name)
    if let place {
      if place < 64 { seen |= 1 << UInt64(place) } else { seenLater.insert(place) }
    }
    return place
  }

  /// A field that must be there.
  ///
  /// - Returns: Nil after an error: at the value when it is wrong, at the mapping's beginning when
  ///   the field is missing.
  @inlinable
  public func required<Value>(_ name: String, as decoder: NodeDecoder<Value>) -> Value? {
    guard let node = node(name) else {
      missing(name)
      return nil
    }
    return decoder.decode(node, into: diagnostics)
  }

  /// A field that may be missing.
  ///
  /// - Returns: Nil when it is missing, and after an error.
  @inlinable
  public func optional<Value>(_ name: String, as decoder: NodeDecoder<Value>) -> Value? {
    node(name).flatMap { decoder.decode($0, into: diagnostics) }
  }

  /// A field that may be missing, with the value that it then has.
  ///
  /// - Returns: The default when it is missing, and after an error.
  @inlinable
  public func optional<Value>(
    _ name: String, as decoder: NodeDecoder<Value>, default value: Value
  ) -> Value {
    optional(name, as: decoder) ?? value
  }

  /// The one field of several that must be there alone.
  ///
  /// - Returns: Its entry, not yet decoded; nil after an error when there is none, or more than one.
  public func exactlyOne(of names: [String]) -> Node.Entry? {
    choice(of: names).flatMap { entry(names[$0]) }
  }

  /// Which of several fields is there alone; nil after an error when there is none, or more than one.
  func choice(of names: [String]) -> Int? {
    var chosen: Int?
    var count = 0
    for (index, name) in names.enumerated() where place(name) != nil {
      chosen = index
      count += 1
    }
    if count == 1 { return chosen }
    let present = names.compactMap { entry($0) }
    let list = names.map { "'\($0)'" }.joined(separator: ", ")
    guard let first = present.first else {
      error("missing field: one of \(list)")
      return nil
    }
    for other in present.dropFirst() {
      diagnostics.error(
        "'\(other.name)' and '\(first.name)' exclude one another; keep one of \(list)",
        at: other.key.mark)
    }
    return nil
  }

  /// Counts fields as known without reading them.
  public func allow(_ names: [String]) {
    for name in names { _ = place(name) }
  }

  /// Reports an error at a field's value, or at the mapping's beginning.
  public func error(_ message: String, at name: String? = nil) {
    diagnostics.error(message, at: name.flatMap { node($0)?.mark } ?? mark)
  }

  /// Reports a field that must be there as missing.
  public func missing(_ name: String) {
    error("missing field '\(name)'")
  }

  /// Reports the fields that nobody has asked for. Call it last; ``NodeDecoder/mapping(_:_:)`` does.
  public func finish() {
    guard seen.nonzeroBitCount + seenLater.count < node.count else { return }
    var names: [String] = []
    for name in known where !names.contains(name) { names.append(name) }
    // A field that is already there is not what a misspelt one was meant to be.
    let absent = names.filter { node.place(of: $0) == nil }
    for place in 0..<node.count
    where place < 64 ? seen & 1 << UInt64(place) == 0 : !seenLater.contains(place) {
      let entry = node.entry(at: place)
      let hint = Suggestion.hint(for: entry.name, among: absent)
      diagnostics.error(
        "unknown field '\(Excerpt.of(entry.name))'"
          + (hint.isEmpty && !names.isEmpty
            ? "; known: \(names.joined(separator: ", "))" : hint),
        at: entry.key.mark)
    }
  }
}
