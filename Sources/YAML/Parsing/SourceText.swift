/// A file's bytes, checked to be text that YAML allows, and the way from libyaml's marks to places.
///
/// libyaml counts characters, where edits need bytes, and ends lines at U+0085, U+2028 and U+2029,
/// which no editor and no later YAML does. So in files that are not ASCII places are counted here.
struct SourceText {
  /// The text without a byte order mark.
  let text: UnsafeBufferPointer<UInt8>
  /// The byte order mark's length.
  private let skipped: Int32
  let isASCII: Bool
  /// The lines that end in it.
  private let lines: (count: Int, end: Int)
  private var cursor: Cursor
  /// The place behind the last character.
  private lazy var end = isASCII ? endOfASCII : position(ofByte: text.count)

  /// How many lines end in it.
  var lineCount: Int { lines.count }

  /// How far the counting has come. Events come in order, so it mostly goes on from there.
  private struct Cursor {
    var characters = 0
    var bytes = 0
    var line: Int32 = 1
    var column: Int32 = 1
  }

  /// Checks a file's bytes.
  ///
  /// - Throws: ``SyntaxFault`` when they are too many, not UTF-8, or hold characters that YAML forbids.
  init(_ bytes: UnsafeBufferPointer<UInt8>, limits: YAMLLimits) throws(SyntaxFault) {
    let beginning = Position(line: 1, column: 1, offset: 0)
    guard bytes.count <= min(limits.bytes, Int(Int32.max)) else {
      throw SyntaxFault(
        message: "the file has \(bytes.count) bytes, more than the limit of \(limits.bytes) "
          + "(bytes); split it",
        position: beginning)
    }
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    skipped = hasMark ? 3 : 0
    text = hasMark ? UnsafeBufferPointer(rebasing: bytes[3...]) : bytes
    cursor = Cursor()
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw SyntaxFault(message: "the file is UTF-16; save it as UTF-8", position: beginning)
    }
    var check = TextCheck()
    let fault = check.firstFault(in: text)
    isASCII = check.isASCII
    lines = check.lines
    if let fault {
      throw SyntaxFault(message: fault.message, position: position(ofByte: fault.offset))
    }
    if check.tagDirectives > TextCheck.mostTagDirectives {
      throw SyntaxFault(
        message: "the file has more than \(TextCheck.mostTagDirectives) %TAG directives; "
          + "remove them, no tags but YAML's own are known",
        position: beginning)
    }
  }

  /// The place of a mark of libyaml's.
  mutating func position(of mark: EventMark) -> Position {
    // libyaml begins another line at the end of a text without a final line break.
    if mark.index >= text.count { return end }
    if isASCII {
      return Position(
        line: Int32(mark.line + 1), column: Int32(mark.column + 1),
        offset: Int32(mark.index) + skipped)
    }
    if mark.index < cursor.characters { cursor = Cursor() }
    while cursor.characters < mark.index, cursor.bytes < text.count { advance(&cursor) }
    return position(of: cursor)
  }

  /// The place of an offset into ``text``, counted from a place at or before it.
  func position(ofByte offset: Int, from start: Position? = nil) -> Position {
    var cursor = Cursor()
    if let start {
      cursor.bytes = byte(at: start)
      cursor.line = start.line
      cursor.column = start.column
    }
    while cursor.bytes < min(offset, text.count) { advance(&cursor) }
    // Behind a character may stand bytes that look like its continuation, and are the fault.
    cursor.bytes = offset
    return position(of: cursor)
  }

  /// The place behind the last character of a text in which every byte is one.
  private var endOfASCII: Position {
    Position(
      line: Int32(lines.count + 1), column: Int32(text.count - lines.end + 1),
      offset: Int32(text.count) + skipped)
  }

  /// The offset into ``text`` of a place.
  func byte(at position: Position) -> Int { Int(position.offset - skipped) }

  private func position(of cursor: Cursor) -> Position {
    Position(
      line: cursor.line, column: cursor.column, offset: Int32(cursor.bytes) + skipped)
  }

  /// One character on.
  private func advance(_ cursor: inout Cursor) {
    let byte = text[cursor.bytes]
    cursor.bytes += 1
    if byte >= 0xC0 {
      while cursor.bytes < text.count, text[cursor.bytes] & 0xC0 == 0x80 { cursor.bytes += 1 }
    }
    cursor.characters += 1
    let isCRLF =
      byte == UInt8(ascii: "\r") && cursor.bytes < text.count
      && text[cursor.bytes] == UInt8(ascii: "\n")
    if byte == UInt8(ascii: "\n") || (byte == UInt8(ascii: "\r") && !isCRLF) {
      cursor.line += 1
      cursor.column = 1
    } else {
      cursor.column += 1
    }
  }
}
