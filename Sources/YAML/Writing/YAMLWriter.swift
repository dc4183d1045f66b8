/// Writes plain values as block YAML that reads well in a git diff: one value a line, nothing folded,
/// the same bytes for the same value.
///
/// Strings are quoted only where a reader of YAML 1.2 or of YAML 1.1 would take them for something
/// else; text of several lines becomes a literal block where that loses nothing. Invisible and
/// reordering characters are escaped. Reading what is written gives the value again.
public struct YAMLWriter: Sendable {
  /// Whether mappings are written in the order of their keys (by Unicode scalar) instead of their own.
  public var sortsKeys: Bool

  /// A writer.
  public init(sortsKeys: Bool = false) {
    self.sortsKeys = sortsKeys
  }

  /// A value as a document without `---`, ending with a line feed.
  ///
  /// - Parameter comment: Lines to stand above it, each after `# `.
  /// - Precondition: No mapping in `value` has a key twice.
  public func write(_ value: YAMLValue, comment: String? = nil) -> String {
    var output = ""
    if let comment {
      for line in comment.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
        let shown = line.unicodeScalars.map { scalar in
          scalar == "\t" || !Printable.needsEscape(scalar) ? String(scalar) : Excerpt.name(scalar)
        }
        output += (line.isEmpty ? "#" : "# ") + shown.joined() + "\n"
      }
    }
    block(value, indent: 0, at: .lineStart, into: &output)
    return output
  }

  /// Several documents, `---` between them.
  public func write(documents: [YAMLValue]) -> String {
    documents.map { write($0) }.joined(separator: "---\n")
  }

  /// A value on one line, as it can stand inside brackets: `{ app: okta, tags: [a, b] }`.
  public func writeFlow(_ value: YAMLValue) -> String {
    switch value {
    case .list(let items):
      return "[" + items.map(writeFlow).joined(separator: ", ") + "]"
    case .map(let entries) where entries.isEmpty:
      return "{}"
    case .map(let entries):
      let fields = ordered(entries).map { "\(scalar($0.0, .flow)): \(writeFlow($0.1))" }
      return "{ " + fields.joined(separator: ", ") + " }"
    default:
      return scalar(value, .flow)
    }
  }

  /// What stands to the left of a value on its line.
  enum Place { case lineStart, afterKey, afterDash }

  /// Appends a value and the line feed after it.
  ///
  /// - Parameter indent: The column, from 0, of the mapping or list that the value would be.
  func block(_ value: YAMLValue, indent: Int, at place: Place, into output: inout String) {
    switch value {
    case .list(let items) where !items.isEmpty:
      for (index, item) in items.enumerated() {
        begin(index, indent: indent, at: place, into: &output)
        output += "-"
        block(item, indent: indent + 2, at: .afterDash, into: &output)
      }
    case .map(let entries) where !entries.isEmpty:
      for (index, (key, value)) in ordered(entries).enumerated() {
        begin(index, indent: indent, at: place, into: &output)
        output += self.key(key, indent: indent)
        block(value, indent: indent + 2, at: .afterKey, into: &output)
      }
    case .list:
      output += place == .lineStart ? "[]\n" : " []\n"
    case .map:
      output += place == .lineStart ? "{}\n" : " {}\n"
    case .string(let text) where ScalarText.fitsLiteral(text):
      if place != .lineStart { output += " " }
      literal(text, indent: max(indent, 2), into: &output)
    default:
      if place != .lineStart { output += " " }
      output += scalar(value, .block) + "\n"
    }
  }

  /// The beginning of a collection's entry: a list's or mapping's first entry after a dash shares
  /// the dash's line.
  private func begin(_ index: Int, indent: Int, at place: Place, into output: inout String) {
    switch (index, place) {
    case (0, .afterDash): output += " "
    case (0, .afterKey): output += "\n" + String(repeating: " ", count: indent)
    default: output += String(repeating: " ", count: indent)
    }
  }

  /// A key with its colon.
  func key(_ key: String, indent: Int) -> String {
    let text = scalar(key, .block)
    // A key without `?` may have 1024 characters at most (YAML 1.2, 7.4).
    guard text.unicodeScalars.count > 1000 else { return text + ":" }
    return "? " + text + "\n" + String(repeating: " ", count: indent) + ":"
  }

  private func literal(_ text: String, indent: Int, into output: inout String) {
    let hasFinalBreak = text.utf8.last == UInt8(ascii: "\n")
    output += hasFinalBreak ? "|\n" : "|-\n"
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for line in hasFinalBreak ? lines.dropLast() : lines[...] {
      if !line.isEmpty { output += String(repeating: " ", count: indent) + String(Substring(line)) }
      output += "\n"
    }
  }

  private func ordered(_ entries: [(String, YAMLValue)]) -> [(String, YAMLValue)] {
    guard sortsKeys else { return entries }
    return entries.sorted { left, right in
      left.0.unicodeScalars.lexicographicallyPrecedes(right.0.unicodeScalars)
    }
  }

  func scalar(_ text: String, _ context: ScalarText.Context) -> String {
    ScalarText.write(text, in: context)
  }

  func scalar(_ value: YAMLValue, _ context: ScalarText.Context) -> String {
    switch value {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .int(let number): String(number)
    case .double(let number): ScalarText.write(number)
    case .string(let text): ScalarText.write(text, in: context)
    case .list, .map: writeFlow(value)
    }
  }
}
