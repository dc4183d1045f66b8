internal import Text

/// One entry of a mapping whose keys are names that the file chooses.
public struct NamedValue<Value> {
  /// The key.
  public let name: Located<String>
  /// The value.
  public let value: Located<Value>

  @usableFromInline
  init(name: Located<String>, value: Located<Value>) {
    self.name = name
    self.value = value
  }
}

extension NamedValue: Sendable where Value: Sendable {}

extension NodeDecoder {
  /// A list. Every item is read, so that every fault is named; one bad item leaves none.
  @inlinable
  public static func list<Item>(of item: NodeDecoder<Item>) -> NodeDecoder<[Item]>
  where Value == [Item] {
    let expectation = "a list of \(plural(of: item.expectation))"
    return NodeDecoder(expectation, shape: .list(item.shape)) { node, diagnostics in
      guard node.kind == .sequence else {
        diagnostics.error(
          "expected \(expectation), found \(node.found)\(listHint(for: node))", at: node.mark)
        return nil
      }
      var items: [Item] = []
      items.reserveCapacity(node.count)
      _ = node.eachItem { node in
        if let value = item.decode(node, into: diagnostics) { items.append(value) }
        return true
      }
      return items.count == node.count ? items : nil
    }
  }

  /// A list with at least one item.
  @inlinable
  public static func nonEmptyList<Item>(of item: NodeDecoder<Item>) -> NodeDecoder<[Item]>
  where Value == [Item] {
    list(of: item).checked { $0.isEmpty ? "this list may not be empty" : nil }
      .described(shape: .nonEmptyList(item.shape))
  }

  /// A mapping with any keys, in the order of the file, keys and values with their places.
  @inlinable
  public static func entries<Inner>(of value: NodeDecoder<Inner>) -> NodeDecoder<
    [NamedValue<Inner>]
  > where Value == [NamedValue<Inner>] {
    let expectation = "a mapping of \(plural(of: value.expectation))"
    return NodeDecoder(expectation, shape: .entries(value.shape)) { node, diagnostics in
      guard node.kind == .mapping else {
        diagnostics.error("expected \(expectation), found \(node.found)", at: node.mark)
        return nil
      }
      var entries: [NamedValue<Inner>] = []
      entries.reserveCapacity(node.count)
      _ = node.eachEntry { key, node in
        if let inner = value.decode(node, into: diagnostics) {
          entries.append(
            NamedValue(
              name: Located(key.scalar ?? "", at: key), value: Located(inner, at: node)))
        }
        return true
      }
      return entries.count == node.count ? entries : nil
    }
  }

  /// A mapping with any keys.
  @inlinable
  public static func dictionary<Inner>(of value: NodeDecoder<Inner>) -> NodeDecoder<[String: Inner]>
  where Value == [String: Inner] {
    NodeDecoder<[NamedValue<Inner>]>.entries(of: value).map { entries in
      // No mapping that the parser returns has a key twice.
      var values = [String: Inner](minimumCapacity: entries.count)
      for entry in entries { values[entry.name.value] = entry.value.value }
      return values
    }
  }

  /// A mapping with known fields; fields that `body` does not ask for are errors.
  @inlinable
  public static func mapping(
    _ expectation: String = "a mapping",
    _ body: @escaping @Sendable (MappingDecoder) -> Value?
  ) -> NodeDecoder<Value> {
    NodeDecoder(expectation) { node, diagnostics in
      guard let fields = MappingDecoder(node, expectation: expectation, into: diagnostics) else {
        return nil
      }
      let value = body(fields)
      fields.finish()
      return value
    }
  }

  /// How a single value is written as a list, where that fits a message.
  @usableFromInline
  static func listHint(for node: Node) -> String {
    guard let text = node.scalar, !node.isNull, text.utf8.count <= 40 else { return "" }
    if case .string = node.resolved {
      return "; write \(YAMLWriter().writeFlow(.list([.string(text)])))"
    }
    return "; write [\(Excerpt.of(text))]"
  }

  /// `strings` for `a string`.
  @usableFromInline
  static func plural(of expectation: String) -> String {
    for article in ["an ", "a "] where expectation.hasPrefix(article) {
      let noun = expectation.dropFirst(article.count)
      // `list of strings` → `lists of strings`
      guard let space = noun.firstIndex(of: " ") else { return "\(noun)s" }
      return "\(noun[..<space])s\(noun[space...])"
    }
    return expectation
  }
}
