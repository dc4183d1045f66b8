internal import Text

extension Escaping {
  /// For running Markdown (GitHub's flavour): one line that renders as the text itself.
  ///
  /// No emphasis, link, image, HTML, entity, table border or list begins in it. `@name` notifies
  /// nobody and `#1` refers to nothing: GitHub looks for both in what it has rendered, where only a
  /// character between helps, as Renovate does it.
  package static func markdown(_ text: String) -> String {
    // All that means something is ASCII: bytes are looked at, and others are taken as they are.
    let bytes = Array(HiddenScalars.spelledOut(clipped(text)).utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 16)
    var isNumber = true
    for (index, byte) in bytes.enumerated() {
      let scalar = Unicode.Scalar(byte)
      let next = index + 1 < bytes.count ? Unicode.Scalar(bytes[index + 1]) : nil
      let isFirst = result.isEmpty
      switch scalar {
      // Blanks at the beginning would be code.
      case " " where isFirst: result += "&#32;".utf8
      case "<": result += "&lt;".utf8
      case ">": result += "&gt;".utf8
      case "&": result += "&amp;".utf8
      case "$": result += "&#36;".utf8
      case "@": result += "@&#8203;".utf8
      case "#": result += (next.map(isDigit) == true ? "#&#8203;" : "\\#").utf8
      case "\\", "`", "*", "_", "[", "]", "|", "~", "^": result += [backslash, byte]
      case "!" where next == "[": result += [backslash, byte]
      case ":" where next == "/": result += [backslash, byte]
      case "." where endsWithWorldWideWeb(result): result += [backslash, byte]
      // `1.` at the beginning would be a list.
      case ".", ")":
        let startsList = !isFirst && isNumber && (next == nil || next == " ")
        result += startsList ? [backslash, byte] : [byte]
      // A list, a rule, or what makes the line above a heading or a table.
      case "-", "+", "=", ":":
        let startsBlock = isFirst && (next == nil || next == " " || next == scalar || next == "-")
        result += startsBlock ? [backslash, byte] : [byte]
      default: result.append(byte)
      }
      isNumber = isNumber && isDigit(scalar)
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// For a cell of a Markdown table: ``markdown(_:)`` already keeps `|` from ending it.
  package static func cell(_ text: String) -> String { markdown(text) }

  /// A code span with the text; nothing for no text.
  ///
  /// - Parameter inTable: In a table even a code span ends at `|`, which is written `\|` there.
  package static func code(_ text: String, inTable: Bool = false) -> String {
    let text = HiddenScalars.spelledOut(clipped(text))
    if text.isEmpty { return "" }
    var longestRun = 0
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longestRun = max(longestRun, run)
    }
    let fence = String(repeating: "`", count: longestRun + 1)
    // One blank at either end is taken off when there is one at both.
    let isBlank = text.utf8.allSatisfy { $0 == UInt8(ascii: " ") }
    let needsBlanks =
      text.hasPrefix("`") || text.hasSuffix("`")
      || (text.hasPrefix(" ") && text.hasSuffix(" ") && !isBlank)
    let content = needsBlanks ? " \(text) " : text
    let endsCell = inTable && content.utf8.contains(UInt8(ascii: "|"))
    return fence + (endsCell ? content.replacing("|", with: "\\|") : content) + fence
  }

  /// A link's target in parentheses; nil when it is no `https` address.
  ///
  /// Everything but the characters that addresses are made of is percent-encoded, parentheses and
  /// brackets included, so that the target cannot end early.
  package static func linkTarget(_ address: String) -> String? {
    guard address.prefix(8).lowercased() == "https://", address.utf8.count > 8,
      address.utf8.count <= 2_000
    else { return nil }
    return PercentEncoding.encoded(address, keeping: "-._~:/?#@!$&'*+,;=%")
  }

  /// A link, or its text alone when the address is none.
  package static func link(_ text: String, to address: String?) -> String {
    guard let target = address.flatMap(linkTarget) else { return markdown(text) }
    return "[\(markdown(text))](\(target))"
  }

  /// Markdown that was written on purpose: rationale and remediation.
  ///
  /// What the catalog says is Plumb's own. What a repository says stays Markdown too, without HTML
  /// and images, and with hidden characters spelt out.
  package static func prose(_ text: String, isTrusted: Bool) -> String {
    if isTrusted { return text }
    return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map {
        HiddenScalars.spelledOut(String($0).replacing("\t", with: "  "))
          .replacing("<", with: "&lt;").replacing("![", with: "\\![")
          .replacing("@", with: "@&#8203;")
      }.joined(separator: "\n")
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    ("0"..."9").contains(scalar)
  }

  private static func endsWithWorldWideWeb(_ text: [UInt8]) -> Bool {
    text.count >= 3 && text.suffix(3).allSatisfy { $0 | 0x20 == UInt8(ascii: "w") }
  }

  private static let backslash = UInt8(ascii: "\\")
}
