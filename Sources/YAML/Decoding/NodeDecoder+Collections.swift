internal import Text

/// One entry of a mapping whose keys are names that the file chooses.
public struct NamedValue<Value> {
  /// The key.
  public let name: Located<String>
  /// The value.
  public let value: Located<Value>
}

extension NamedValue: Sendable where Value: Sendable {}

extension NodeDecoder {
  /// A list. Every item is read, so that every fault is named; one bad item leaves none.
  public static func list<Item>(of item: NodeDecoder<Item>) -> NodeDecoder<[Item]>
  where Value == [Item] {
    let expectation = "a list of \(plural(of: item.expectation))"
    return NodeDecoder(expectation, shape: .list(item.shape)) { node, diagnostics in
      guard let nodes = node.items else {
        diagnostics.error(
          "expected \(expectation), found \(node.found)\(listHint(for: node))", at: node.mark)
        return nil
      }
      let items = nodes.map { item.decode($0, into: diagnostics) }
      guard items.allSatisfy({ $0 != nil }) else { return nil }
      return items.compactMap { $0 }
    }
  }

  /// A list with at least one item.
  public static func nonEmptyList<Item>(of item: NodeDecoder<Item>) -> NodeDecoder<[Item]>
  where Value == [Item] {
    list(of: item).checked { $0.isEmpty ? "this list may not be empty" : nil }
      .described(shape: .nonEmptyList(item.shape))
  }

  /// A mapping with any keys, in the order of the file, keys and values with their places.
  public static func entries<Inner>(of value: NodeDecoder<Inner>) -> NodeDecoder<
    [NamedValue<Inner>]
  > where Value == [NamedValue<Inner>] {
    let expectation = "a mapping of \(plural(of: value.expectation))"
    return NodeDecoder(expectation, shape: .entries(value.shape)) { node, diagnostics in
      guard let nodes = node.entries else {
        diagnostics.error("expected \(expectation), found \(node.found)", at: node.mark)
        return nil
      }
      let entries = nodes.map { entry in
        value.decode(entry.value, into: diagnostics).map {
          NamedValue(name: Located(entry.name, at: entry.key), value: Located($0, at: entry.value))
        }
      }
      guard entries.allSatisfy({ $0 != nil }) else { return nil }
      return entries.compactMap { $0 }
    }
  }

  /// A mapping with any keys.
  public static func dictionary<Inner>(of value: NodeDecoder<Inner>) -> NodeDecoder<[String: Inner]>
  where Value == [String: Inner] {
    NodeDecoder<[NamedValue<Inner>]>.entries(of: value).map { entries in
      // No mapping that the parser returns has a key twice.
      Dictionary(firstOf: entries.map { ($0.name.value, $0.value.value) })
    }
  }

  /// A mapping with known fields; fields that `body` does not ask for are errors.
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
  private static func listHint(for node: Node) -> String {
    guard let text = node.scalar, !node.isNull, text.utf8.count <= 40 else { return "" }
    if case .string = node.resolved {
      return "; write \(YAMLWriter().writeFlow(.list([.string(text)])))"
    }
    return "; write [\(Excerpt.of(text))]"
  }

  /// `strings` for `a string`.
  private static func plural(of expectation: String) -> String {
    for article in ["an ", "a "] where expectation.hasPrefix(article) {
      let noun = expectation.dropFirst(article.count)
      // `list of strings` → `lists of strings`
      guard let space = noun.firstIndex(of: " ") else { return noun + "s" }
      return noun[..<space] + "s" + noun[space...]
    }
    return expectation
  }
}
