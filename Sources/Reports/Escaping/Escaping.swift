/// Hostile text made fit for the places where reports show it.
///
/// Nothing that comes from a tenant or from the desired state reaches an output past this type.
package enum Escaping {
  /// How many Unicode scalars of one value are shown; what is beyond is named by its number.
  package static let longest = 400

  /// For a terminal: one line, with control sequences, line breaks, and invisible or reordering
  /// characters spelt out.
  package static func terminal(_ text: String) -> String { terminal(text, to: longest) }

  package static func terminal(_ text: String, to limit: Int) -> String {
    HiddenScalars.spelledOut(clipped(text, to: limit))
  }

  /// For a terminal, as it stands but for hidden characters: text of several lines.
  package static func terminalLines(_ text: String) -> [String] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { HiddenScalars.spelledOut(String($0).replacing("\t", with: "  ")) }
  }

  /// The beginning of a text that is too long to show.
  package static func clipped(_ text: String, to limit: Int = longest) -> String {
    guard text.utf8.count > limit else { return text }
    let scalars = text.unicodeScalars
    guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
      end != scalars.endIndex
    else { return text }
    let left = scalars.distance(from: end, to: scalars.endIndex)
    return String(scalars[..<end]) + "… (\(left) more characters)"
  }
}
