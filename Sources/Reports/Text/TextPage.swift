/// Lines for a terminal, wrapped at its width.
struct TextPage {
  let colour: Bool
  /// Columns; nil leaves lines as long as they are.
  let width: Int?
  private(set) var text = ""
  private var wantsBlank = false

  init(colour: Bool, width: Int?) {
    self.colour = colour
    self.width = width
  }

  /// A blank line before what follows; none at the beginning, none twice.
  mutating func blank() { wantsBlank = !text.isEmpty }

  /// A section's title.
  mutating func heading(_ title: String) {
    blank()
    line([TextSpan(title, .bold)])
    blank()
  }

  mutating func line(_ text: String, _ style: TextStyle = .plain, indent: Int = 0) {
    line([TextSpan(text, style)], indent: indent)
  }

  /// One paragraph; what does not fit goes on below, indented by `hanging` more columns.
  mutating func line(_ spans: [TextSpan], indent: Int = 0, hanging: Int = 0) {
    var words: [Word] = []
    var gap = 0
    for span in spans {
      for (index, part) in span.text.split(separator: " ", omittingEmptySubsequences: false)
        .enumerated()
      {
        if index > 0 { gap += 1 }
        if part.isEmpty { continue }
        words.append(Word(text: String(part), style: span.style, gap: gap))
        gap = 0
      }
    }
    var current: [Word] = []
    var start = indent
    var used = start
    for word in words {
      let length = DisplayWidth.of(word.text)
      if let width, !current.isEmpty, word.gap > 0, used + word.gap + length > width {
        emit(current, indent: start)
        current = []
        start = indent + hanging
        used = start
      }
      used += (current.isEmpty ? 0 : word.gap) + length
      current.append(word)
    }
    emit(current, indent: start)
  }

  /// A table's lines.
  mutating func table(_ table: TextTable, indent: Int = 0) {
    for line in table.lines(width: width.map { max(20, $0 - indent) }, colour: colour) {
      begin()
      text += String(repeating: " ", count: line.isEmpty ? 0 : indent) + line + "\n"
    }
  }

  /// Lines as they are: prose with line breaks of its own.
  mutating func verbatim(_ lines: [String], indent: Int) {
    for line in lines {
      begin()
      text += (line.isEmpty ? "" : String(repeating: " ", count: indent) + line) + "\n"
    }
  }

  // MARK: Words

  private struct Word {
    let text: String
    let style: TextStyle
    /// Blanks before it, where it does not begin a line.
    let gap: Int
  }

  private mutating func begin() {
    if wantsBlank { text += "\n" }
    wantsBlank = false
  }

  /// Words of one style share one pair of escape sequences.
  private mutating func emit(_ words: [Word], indent: Int) {
    begin()
    defer { text += "\n" }
    guard let first = words.first else { return }
    text += String(repeating: " ", count: indent)
    var run = first.text
    var style = first.style
    for word in words.dropFirst() {
      let gap = String(repeating: " ", count: word.gap)
      if word.style == style {
        run += gap + word.text
      } else {
        text += style.applied(to: run, colour: colour) + gap
        run = word.text
        style = word.style
      }
    }
    text += style.applied(to: run, colour: colour)
  }
}
