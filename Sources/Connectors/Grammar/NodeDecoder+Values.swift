internal import Text
import YAML

extension NodeDecoder {
  /// Decodes a text and makes a value of it.
  ///
  /// - Parameter problem: The error for a text of which no value can be made.
  static func made(
    _ expectation: String, of text: NodeDecoder<String> = .text,
    _ make: @escaping @Sendable (String, Mark) -> Value?,
    otherwise problem: @escaping @Sendable (String) -> String
  ) -> NodeDecoder {
    NodeDecoder(expectation, shape: text.shape) { node, diagnostics in
      guard let text = text.decode(node, into: diagnostics) else { return nil }
      if let value = make(text, node.mark) { return value }
      diagnostics.error(problem(text), at: node.mark)
      return nil
    }
  }

  /// Decodes a mapping whose names the writer chooses: names with values, in the order of the file.
  static func pairs<Inner>(
    of inner: NodeDecoder<Inner>
  ) -> NodeDecoder<[(name: String, value: Inner)]> where Value == [(name: String, value: Inner)] {
    NodeDecoder<[NamedValue<Inner>]>.entries(of: inner).map {
      $0.map { (name: $0.name.value, value: $0.value.value) }
    }
  }

  /// Decodes such a mapping into values that keep their name themselves.
  ///
  /// - Parameter name: The property that takes the name.
  static func named<Item>(
    _ name: any WritableKeyPath<Item, String> & Sendable, of item: NodeDecoder<Item>
  ) -> NodeDecoder<[Item]> where Value == [Item] {
    NodeDecoder<[NamedValue<Item>]>.entries(of: item).map { entries in
      entries.map { entry in
        var item = entry.value.value
        item[keyPath: name] = entry.name.value
        return item
      }
    }
  }
}

extension NodeDecoder where Value == Bool {
  /// Decodes what a missing value means: true for `empty`, false for `fault`.
  static var absence: NodeDecoder<Bool> {
    NodeDecoder<String>.choice(["empty", "fault"]).map { $0 == "empty" }
  }
}

extension NodeDecoder {
  /// Decodes one value, or a list of them.
  static func oneOrMore<Item>(of item: NodeDecoder<Item>) -> NodeDecoder<[Item]>
  where Value == [Item] {
    let list = NodeDecoder<[Item]>.list(of: item)
    return NodeDecoder(
      "\(item.expectation) or \(list.expectation)", shape: .either([item.shape, list.shape])
    ) { node, diagnostics in
      node.kind == .sequence
        ? list.decode(node, into: diagnostics)
        : item.decode(node, into: diagnostics).map { [$0] }
    }
  }
}

extension NodeDecoder where Value == HostPattern {
  static var hostPattern: NodeDecoder<HostPattern> {
    .made("a host name") { text, _ in
      HostPattern(text)
    } otherwise: {
      "'\($0)' is no host: write api.example.com, or *.example.com for all below it"
    }
  }
}

extension NodeDecoder where Value == FieldPath {
  static var fieldPath: NodeDecoder<FieldPath> {
    .made("a path of fields") { text, _ in
      FieldPath(text)
    } otherwise: {
      "'\($0)' is no path of fields: write config.secret, clients.*.secret or **.secret"
    }
  }
}

extension NodeDecoder where Value == Template {
  /// Names in braces are checked with the whole connector: see ``Connector/checkNames(_:)``.
  static var template: NodeDecoder<Template> {
    .made("a text", of: .string) { text, mark in
      Template(text, at: mark)
    } otherwise: {
      "the braces in '\($0)' do not enclose names"
    }
  }

  /// A path below the base URL, or a whole address.
  static var target: NodeDecoder<Template> {
    template.checked {
      $0.begins(with: "/") || $0.begins(with: "https://")
        ? nil : "write a path that begins with '/', or a whole https:// URL"
    }.described(shape: .pattern("^(/|https://)", "a path or an https address"))
  }

  /// Where requests go: `https:` only; plain HTTP is the command line's to allow.
  static var baseURL: NodeDecoder<Template> {
    template.checked {
      guard $0.begins(with: "https://") else { return "a base URL begins with https://" }
      return $0.source.hasSuffix("/") ? "a base URL does not end with '/'" : nil
    }.described(shape: .pattern("^https://.*[^/]$", "an https address"))
  }

  static var tokenURL: NodeDecoder<Template> {
    template.checked {
      $0.begins(with: "https://") ? nil : "a token is asked for at an https:// URL"
    }.described(shape: .https)
  }
}
