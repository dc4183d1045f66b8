package import YAML

/// Text with places to fill in: `https://{domain}/api/v1`, `/users/{parent.id}/roles`.
///
/// What may stand in the braces depends on where the template is used; the connector's decoder checks
/// it, so that filling in can only miss a value that an answer lacks.
package struct Template: Sendable, Hashable {
  /// A piece of the template.
  package enum Part: Sendable, Hashable {
    /// Literal text, never empty.
    case text(String)
    /// A place to fill in: the name that stands in the braces.
    case place(String)
  }

  /// The pieces in their order; empty for an empty text.
  package private(set) var parts: [Part]
  /// Where it is written; nil for a template that comes from no file.
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

  /// Whether the template begins with this literal text.
  func begins(with prefix: String) -> Bool {
    if case .text(let text) = parts.first { text.hasPrefix(prefix) } else { false }
  }

  /// The same template with one more place at its end.
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
