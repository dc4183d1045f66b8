package import YAML

/// Text with places to fill in: `https://{domain}/api/v1`, `/users/{parent.id}/roles`.
///
/// What may stand in the braces depends on where the template is used; the connector's decoder checks
/// it, so that filling in can only miss a value that an answer lacks.
package struct Template: Sendable, Hashable {
  package enum Part: Sendable, Hashable {
    case text(String)
    case place(String)
  }

  package private(set) var parts: [Part]
  /// Where it is written; nil for one that no file has.
  let mark: Mark?

  /// - Returns: Nil when a brace is not closed, or nothing stands in the braces.
  package init?(_ source: String, at mark: Mark? = nil) {
    var parts: [Part] = []
    var rest = source[...]
    while let open = rest.firstIndex(of: "{") {
      let text = rest[..<open]
      guard !text.contains("}"), let close = rest[open...].firstIndex(of: "}") else { return nil }
      let name = rest[rest.index(after: open)..<close]
      guard !name.isEmpty, !name.contains("{"), !name.contains(" ") else { return nil }
      if !text.isEmpty { parts.append(.text(String(text))) }
      parts.append(.place(String(name)))
      rest = rest[rest.index(after: close)...]
    }
    guard !rest.contains("}") else { return nil }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    self.parts = parts
    self.mark = mark
  }

  /// A text without places.
  package init(literal: String) {
    parts = literal.isEmpty ? [] : [.text(literal)]
    mark = nil
  }

  /// Whether literal text stands at the beginning, and what it is.
  func begins(with prefix: String) -> Bool {
    if case .text(let text) = parts.first { text.hasPrefix(prefix) } else { false }
  }

  /// The same with one more place behind it.
  package func with(place: String) -> Template {
    var result = self
    result.parts.append(.place(place))
    return result
  }

  /// The names in braces, in order.
  package var places: [String] {
    parts.compactMap { if case .place(let name) = $0 { name } else { nil } }
  }

  /// The template as it was written.
  package var source: String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .place(let name): "{\(name)}"
      }
    }.joined()
  }

  /// The text with every place filled in; nil when a value is missing.
  package func filled(_ value: (String) -> String?) -> String? {
    var result = ""
    for part in parts {
      switch part {
      case .text(let text): result += text
      case .place(let name):
        guard let value = value(name) else { return nil }
        result += value
      }
    }
    return result
  }
}
