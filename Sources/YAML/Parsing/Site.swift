/// The surroundings of a syntax error: what stands at, before and after a place.
struct Site {
  let source: SourceText
  let problem: Position
  let context: Position
  /// The opening quote of the scalar before the problem, if it ended on a later line.
  let quote: Position?

  func atProblem(_ message: String) -> SyntaxFault {
    SyntaxFault(message: message, position: problem)
  }

  func atContext(_ message: String) -> SyntaxFault {
    SyntaxFault(message: message, position: context)
  }

  /// The character at a place, or so many bytes behind it; nil at the end.
  func character(at position: Position, plus bytes: Int = 0) -> Unicode.Scalar? {
    let start = source.byte(at: position) + bytes
    guard start >= 0, start < source.text.count else { return nil }
    // One scalar is at most four bytes; a cut-off scalar behind it does no harm.
    let end = min(start + 4, source.text.count)
    return String(decoding: source.text[start..<end], as: UTF8.self).unicodeScalars.first
  }

  /// The last character before a place that is neither blank nor a line break.
  func character(before position: Position) -> Unicode.Scalar? {
    var byte = source.byte(at: position)
    while byte > 0 {
      byte -= 1
      if ![0x20, 0x09, 0x0A, 0x0D].contains(source.text[byte]) {
        return Unicode.Scalar(source.text[byte])
      }
    }
    return nil
  }

  /// What follows a place on its line, without a comment's worth of blanks at the end.
  func restOfLine(at position: Position) -> String {
    let start = source.byte(at: position)
    let rest = source.text[start...].prefix { $0 != 0x0A && $0 != 0x0D }
    // A message repeats 60 characters at most.
    var line = rest.prefix(256)
    while let last = line.last, last == 0x20 || last == 0x09 { line.removeLast() }
    return String(decoding: line, as: UTF8.self)
  }

  /// Whether only blanks stand before a place on its line.
  func isFirstOnLine(_ position: Position) -> Bool {
    lineBefore(position).allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  /// Whether `: ` stands before a place on its line.
  func hasColonBefore(_ position: Position) -> Bool {
    let line = lineBefore(position)
    return zip(line, line.dropFirst()).contains { $0 == UInt8(ascii: ":") && $1 == 0x20 }
  }

  private func lineBefore(_ position: Position) -> Slice<UnsafeBufferPointer<UInt8>> {
    let end = source.byte(at: position)
    var start = end
    while start > 0, source.text[start - 1] != 0x0A, source.text[start - 1] != 0x0D { start -= 1 }
    return source.text[start..<end]
  }
}
