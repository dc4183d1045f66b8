internal import Posture

/// A piece of Markdown that is safe to put into a page.
///
/// What is interpolated is escaped; only literals, other pieces and what says `raw` are taken as
/// they are. So no label of a tenant becomes markup by having been forgotten.
struct Markdown: ExpressibleByStringInterpolation {
  var source: String

  init(stringLiteral value: String) { source = value }
  init(stringInterpolation: StringInterpolation) { source = stringInterpolation.source }
  /// Hostile text, escaped.
  init(_ text: String) { source = Escaping.markdown(text) }

  struct StringInterpolation: StringInterpolationProtocol {
    var source = ""

    init(literalCapacity: Int, interpolationCount: Int) {
      source.reserveCapacity(literalCapacity + 24 * interpolationCount)
    }

    mutating func appendLiteral(_ literal: String) { source += literal }
    mutating func appendInterpolation(_ text: String) { source += Escaping.markdown(text) }
    mutating func appendInterpolation(_ number: Int) { source += String(number) }
    mutating func appendInterpolation(_ piece: Markdown) { source += piece.source }
    /// A code span, outside tables.
    mutating func appendInterpolation(code text: String) { source += Escaping.code(text) }
    /// A code span in a table's cell.
    mutating func appendInterpolation(cell text: String) {
      source += Escaping.code(text, inTable: true)
    }
    mutating func appendInterpolation(_ text: String, to address: String?) {
      source += Escaping.link(text, to: address)
    }
    /// A link to another file of the report tree: paths of slugs, which need no escape.
    mutating func appendInterpolation(_ text: String, toFile path: String) {
      source += "[\(Escaping.markdown(text))](\(path))"
    }
    /// Markdown that was written on purpose.
    mutating func appendInterpolation(raw text: String) { source += text }
  }
}

extension Markdown {
  /// A place that links of other pages lead to, before whatever stands at it.
  static func anchor(_ name: String) -> String { #"<a id="\#(Slug(name).text)"></a>"# }

  /// The piece, and another behind it.
  func adding(_ other: Markdown) -> Markdown { "\(self)\(other)" }
}

extension [Markdown] {
  func joined(_ separator: String) -> Markdown {
    var result: Markdown = ""
    result.source = map(\.source).joined(separator: separator)
    return result
  }
}

/// Paragraphs, lists and tables, one blank line between them.
struct MarkdownPage {
  private(set) var text = ""
  /// The headings that can be linked to, in their order.
  private(set) var places: [Place] = []

  /// A heading that can be linked to.
  struct Place {
    let level: Int
    let title: Markdown
    let anchor: String
    /// What a list of contents says beside the title; empty for nothing.
    let note: Markdown
  }

  var bytes: [UInt8] { Array(text.utf8) }

  mutating func heading(_ level: Int, _ title: Markdown) {
    block(String(repeating: "#", count: level) + " " + title.source)
  }

  /// A heading that can be linked to.
  ///
  /// - Parameters:
  ///   - anchor: Unique in the page. It is written out: what hosts make of a title differs.
  ///   - note: What a list of contents says beside the title.
  mutating func heading(_ level: Int, _ title: Markdown, anchor: String, note: Markdown = "") {
    let place = Slug(anchor).text
    places.append(Place(level: level, title: title, anchor: place, note: note))
    heading(level, "\(raw: Markdown.anchor(anchor))\(title)")
  }

  mutating func paragraph(_ content: Markdown) { block(content.source) }

  mutating func bullets(_ items: [Markdown]) {
    if !items.isEmpty { block(items.map { "- " + $0.source }.joined(separator: "\n")) }
  }

  mutating func numbered(_ items: [Markdown]) {
    if items.isEmpty { return }
    block(
      items.enumerated().map { "\($0.offset + 1). " + $0.element.source }.joined(separator: "\n"))
  }

  /// A table; nothing when it has no rows.
  ///
  /// - Parameter header: Titles; one that begins with `>` is of a right-aligned column.
  mutating func table(_ header: [String], _ rows: [[Markdown]]) {
    guard !rows.isEmpty else { return }
    let titles = header.map { $0.hasPrefix(">") ? String($0.dropFirst()) : $0 }
    let rules = header.map { $0.hasPrefix(">") ? "---:" : "---" }
    let lines = [titles, rules] + rows.map { $0.map(\.source) }
    block(lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n"))
  }

  /// What a reader unfolds.
  mutating func details(_ summary: Markdown, _ content: (inout MarkdownPage) -> Void) {
    var inner = MarkdownPage()
    content(&inner)
    block("<details>\n<summary>\(summary.source)</summary>\n\n\(inner.text)\n</details>")
  }

  /// Adds what another page has.
  mutating func append(_ page: MarkdownPage) {
    // Its last byte ends its last line. As characters they would all be counted.
    if !page.text.isEmpty { block(String(Substring(page.text.utf8.dropLast()))) }
    places += page.places
  }

  /// Adds what another page has; beneath a list of its headings where that is long.
  mutating func appendWithContents(_ page: MarkdownPage) {
    if page.isLong {
      paragraph("**Contents**")
      let least = page.places.map(\.level).min() ?? 0
      block(
        page.places.map { place in
          let indent = String(repeating: "  ", count: place.level - least)
          let note = place.note.source.isEmpty ? "" : " – \(place.note.source)"
          return "\(indent)- [\(place.title.source)](#\(place.anchor))\(note)"
        }.joined(separator: "\n"))
    }
    append(page)
  }

  private static let mostLines = 120
  private static let mostPlaces = 3

  /// Whether a reader has to look for something in it.
  private var isLong: Bool {
    places.count > Self.mostPlaces
      || places.count > 1 && text.utf8.count { $0 == UInt8(ascii: "\n") } > Self.mostLines
  }

  private mutating func block(_ content: String) {
    text += (text.isEmpty ? "" : "\n") + content + "\n"
  }
}

/// Pieces that several reports are made of.
enum MarkdownWords {
  /// `**64.9**`, or a dash.
  static func score(_ score: Fraction?) -> Markdown {
    score.map { "**\(raw: $0.oneDecimal)**" } ?? "–"
  }

  static func percentage(_ value: Fraction?) -> Markdown {
    value.map { "\(raw: $0.oneDecimal) %" } ?? "–"
  }

  /// Where a score came from: `↓ from 71.2`; a dash when it did not move.
  static func trend(from before: Fraction?, to after: Fraction?) -> Markdown {
    guard let before, let after, before.oneDecimal != after.oneDecimal else { return "–" }
    let gain = after - before
    return
      "\(raw: gain > .zero ? "▲" : "▼") \(raw: gain.signedOneDecimal) from \(raw: before.oneDecimal)"
  }

  /// What a recommendation says in Markdown of its own.
  static func prose(_ text: String, of recommendation: Recommendation) -> Markdown {
    "\(raw: Escaping.prose(text, isTrusted: recommendation.origin == .catalog))"
  }

  /// How many there are beyond those that are listed.
  static func more(_ count: Int, _ noun: String = "more") -> Markdown {
    "… and \(count) \(raw: noun)."
  }
}
