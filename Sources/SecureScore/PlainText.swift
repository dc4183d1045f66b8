/// What HTML says, without saying it in HTML: tags go, blocks become lines, list items `- `,
/// character references characters.
///
/// Not a parser of HTML: what comes out is plain text, which reports escape as they do all text, so
/// that nothing depends on markup having been understood. Linear in the input.
package struct PlainText {
  package let text: String

  /// - Parameter limit: How many characters are kept.
  package init(html: String, limit: Int = 4_000) {
    var lines: [String] = [""]
    var scalars = Substring(html).unicodeScalars
    var count = 0
    func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }
    func put(_ scalar: Unicode.Scalar) {
      let last = lines.count - 1
      if isSpace(scalar) {
        if !lines[last].isEmpty && lines[last].last != " " { lines[last] += " " }
      } else {
        lines[last].unicodeScalars.append(scalar)
      }
      count += 1
    }
    while let scalar = scalars.first, count < limit {
      switch scalar {
      case "<" where Self.startsTag(scalars.dropFirst().first):
        let end = scalars.firstIndex(of: ">") ?? scalars.endIndex
        let tag = String(scalars[scalars.index(after: scalars.startIndex)..<end]).lowercased()
        scalars = scalars[end...].dropFirst()
        let name = tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }
        if Self.hidden.contains(String(name)), !tag.hasPrefix("/") {
          scalars = Self.behind(String(name), scalars)
        } else if Self.blocks.contains(String(name)) {
          if lines[lines.count - 1] != "" { lines.append("") }
          if name == "li", !tag.hasPrefix("/") { lines[lines.count - 1] = "- " }
        }
      case "&":
        let reference = scalars.dropFirst().prefix(12).prefix { $0 != ";" && $0 != "&" }
        let rest = scalars[reference.endIndex...]
        if rest.first == ";", let character = Self.character(String(reference)) {
          put(character)
          scalars = rest.dropFirst()
        } else {
          put(scalar)
          scalars = scalars.dropFirst()
        }
      default:
        put(scalar)
        scalars = scalars.dropFirst()
      }
    }
    let written = lines.map { $0.hasSuffix(" ") ? String($0.dropLast()) : $0 }
      .filter { !$0.isEmpty && $0 != "-" }.joined(separator: "\n")
    text = scalars.isEmpty ? written : written + "…"
  }

  private static let blocks: Set<String> = [
    "p", "br", "div", "li", "ol", "ul", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "pre", "blockquote", "section",
  ]
  private static let hidden: Set<String> = ["script", "style"]

  private static func startsTag(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    return scalar == "/" || scalar == "!" || scalar.properties.isAlphabetic
  }

  /// What stands behind the end of an element whose content is not to be read.
  private static func behind(
    _ name: String, _ scalars: Substring.UnicodeScalarView
  ) -> Substring.UnicodeScalarView {
    var rest = scalars
    while let start = rest.firstIndex(of: "<") {
      rest = rest[start...].dropFirst()
      if String(rest.prefix(name.count + 1)).lowercased() == "/" + name {
        return (rest.firstIndex(of: ">").map { rest[$0...].dropFirst() }) ?? rest.suffix(0)
      }
    }
    return rest.suffix(0)
  }

  private static func character(_ reference: String) -> Unicode.Scalar? {
    switch reference {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    case "nbsp": return " "
    case "ndash": return "–"
    case "mdash": return "—"
    case "hellip": return "…"
    case "lsquo": return "‘"
    case "rsquo": return "’"
    case "ldquo": return "“"
    case "rdquo": return "”"
    case "bull": return "•"
    default: break
    }
    guard reference.hasPrefix("#") else { return nil }
    let digits = reference.dropFirst()
    let number =
      digits.first == "x" || digits.first == "X"
      ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return number.flatMap(Unicode.Scalar.init)
  }
}
