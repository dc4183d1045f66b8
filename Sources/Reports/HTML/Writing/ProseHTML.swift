/// Rationale and remediation as people write them: a small part of Markdown, as elements.
///
/// Paragraphs, lists within lists, `code`, **strong**, *emphasis* and links to `https:` addresses. All else is text, and no
/// HTML is taken over: a repository's prose is no more trusted than a tenant's label.
struct ProseHTML {
  private enum Block {
    case paragraph(String)
    case list(isNumbered: Bool, items: [[Block]])
    case code([String])
  }

  static func write(_ text: String, into html: inout HTMLWriter) {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { String($0).replacing("\t", with: "  ") }
    write(blocks(lines[...], depth: 0), &html)
  }

  private static func write(_ blocks: [Block], _ html: inout HTMLWriter, isItem: Bool = false) {
    for block in blocks {
      switch block {
      case .paragraph(let text):
        if isItem && blocks.count == 1 {
          inline(text, &html)
        } else {
          html.element(.p) { inline(text, &$0) }
        }
      case .list(let isNumbered, let items):
        html.element(isNumbered ? .ol : .ul) { html in
          for item in items { html.element(.li) { write(item, &$0, isItem: true) } }
        }
      case .code(let lines):
        html.element(.pre) { html in
          html.element(.code) { html in
            for (index, line) in lines.enumerated() {
              if index > 0 { html.words("\n") }
              html.prose(line)
            }
          }
        }
      }
    }
  }

  // MARK: Blocks

  private static let deepest = 4

  private static func blocks(_ lines: ArraySlice<String>, depth: Int) -> [Block] {
    var blocks: [Block] = []
    var paragraph: [String] = []
    var rest = lines
    func flush() {
      if !paragraph.isEmpty { blocks.append(.paragraph(paragraph.joined(separator: " "))) }
      paragraph = []
    }
    while let line = rest.first {
      let trimmed = String(line.drop { $0 == " " })
      if trimmed.isEmpty {
        flush()
        rest = rest.dropFirst()
      } else if trimmed.hasPrefix("```") {
        flush()
        let body = rest.dropFirst().prefix { !$0.drop { $0 == " " }.hasPrefix("```") }
        blocks.append(.code(Array(body)))
        rest = rest[min(body.endIndex + 1, rest.endIndex)...]
      } else if depth < deepest, let marker = marker(of: trimmed) {
        flush()
        let (list, end) = list(rest, isNumbered: marker.isNumbered, depth: depth)
        blocks.append(list)
        rest = rest[end...]
      } else {
        paragraph.append(trimmed)
        rest = rest.dropFirst()
      }
    }
    flush()
    return blocks
  }

  /// The items that begin as deep as the first line, each with what is indented further.
  private static func list(
    _ lines: ArraySlice<String>, isNumbered: Bool, depth: Int
  ) -> (Block, end: Int) {
    let indent = lines.first.map(indentation) ?? 0
    var items: [[String]] = []
    var index = lines.startIndex
    while index < lines.endIndex {
      let line = lines[index]
      let trimmed = String(line.drop { $0 == " " })
      if trimmed.isEmpty {
        let next = lines[index...].first { !$0.allSatisfy { $0 == " " } }
        guard let next, indentation(next) > indent || marker(of: next) != nil else { break }
        items[items.count - 1].append("")
      } else if indentation(line) <= indent, let marker = marker(of: trimmed) {
        guard marker.isNumbered == isNumbered else { break }
        items.append([String(trimmed.dropFirst(marker.width))])
      } else if indentation(line) > indent {
        items[items.count - 1].append(String(line.dropFirst(indent + 2)))
      } else {
        break
      }
      index += 1
    }
    return (
      .list(isNumbered: isNumbered, items: items.map { blocks($0[...], depth: depth + 1) }), index
    )
  }

  private static func indentation(_ line: String) -> Int { line.prefix { $0 == " " }.count }

  private static func marker(of line: String) -> (isNumbered: Bool, width: Int)? {
    let line = line.drop { $0 == " " }
    if line.hasPrefix("- ") || line.hasPrefix("* ") { return (false, 2) }
    let digits = line.prefix { ("0"..."9").contains($0) }
    guard (1...3).contains(digits.count), line.dropFirst(digits.count).hasPrefix(". ") else {
      return nil
    }
    return (true, digits.count + 2)
  }

  // MARK: Within a line

  private static func inline(_ text: String, _ html: inout HTMLWriter) {
    var plain = ""
    var rest = text[...]
    func flush(_ html: inout HTMLWriter) {
      if !plain.isEmpty { html.prose(plain) }
      plain = ""
    }
    while let character = rest.first {
      if character == "\\", let next = rest.dropFirst().first, next.isPunctuation || next.isSymbol {
        plain.append(next)
        rest = rest.dropFirst(2)
      } else if character == "`", let (inner, after) = enclosed(rest, by: "`") {
        flush(&html)
        html.element(.code) { $0.prose(inner) }
        rest = after
      } else if character == "*", let (inner, after) = enclosed(rest, by: "**") {
        flush(&html)
        html.element(.strong) { inline(inner, &$0) }
        rest = after
      } else if character == "*", let (inner, after) = enclosed(rest, by: "*") {
        flush(&html)
        html.element(.em) { inline(inner, &$0) }
        rest = after
      } else if character == "[", let (label, address, after) = link(rest) {
        flush(&html)
        html.element(.a, .href(.web(address))) { $0.prose(label) }
        rest = after
      } else {
        plain.append(character)
        rest = rest.dropFirst()
      }
    }
    flush(&html)
  }

  /// What stands between two of a mark; nil where it does not end, or nothing does.
  private static func enclosed(
    _ text: Substring, by mark: String
  ) -> (inner: String, after: Substring)? {
    guard text.hasPrefix(mark) else { return nil }
    let body = text.dropFirst(mark.count)
    guard let end = body.firstRange(of: mark), !body[..<end.lowerBound].isEmpty,
      mark == "`" || body.first != " "
    else { return nil }
    return (String(body[..<end.lowerBound]), body[end.upperBound...])
  }

  private static func link(
    _ text: Substring
  ) -> (label: String, address: String, after: Substring)? {
    guard let middle = text.firstRange(of: "]("),
      let end = text[middle.upperBound...].firstIndex(of: ")")
    else { return nil }
    let address = String(text[middle.upperBound..<end])
    guard Escaping.linkTarget(address) != nil else { return nil }
    let label = text[text.index(after: text.startIndex)..<middle.lowerBound]
    return (String(label), address, text[text.index(after: end)...])
  }
}
