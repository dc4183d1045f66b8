extension YAMLEdit {
  private var bytes: String.UTF8View { text.utf8 }

  private func byte(at offset: Int) -> UInt8? {
    guard offset >= 0, offset < bytes.count else { return nil }
    return bytes[bytes.index(bytes.startIndex, offsetBy: offset)]
  }

  /// The file's own line ending: that of its first line.
  private var lineBreak: String {
    guard let feed = bytes.firstIndex(of: UInt8(ascii: "\n")), feed > bytes.startIndex,
      bytes[bytes.index(before: feed)] == UInt8(ascii: "\r")
    else { return "\n" }
    return "\r\n"
  }

  private func withLineBreaks(_ written: String) -> String {
    guard lineBreak != "\n" else { return written }
    return written.unicodeScalars.map { $0 == "\n" ? "\r\n" : String($0) }.joined()
  }

  // MARK: Replacing

  func change(replacing target: Target, with replacement: Replacement) -> TextChange {
    let written = inline(replacement, isInsideFlow: target.isInsideFlow)
    let range = target.node.byteRange
    guard range.isEmpty else {
      guard target.node.style == .block, let key = target.entry?.key else {
        return TextChange(range: range, replacement: written)
      }
      // A block begins below its key; what replaces it goes beside it, unless comments are between.
      let start = colon(after: key)
      let isNear = (start..<range.lowerBound).allSatisfy { byte(at: $0) != UInt8(ascii: "#") }
      return isNear
        ? TextChange(range: start..<range.upperBound, replacement: " " + written)
        : TextChange(range: range, replacement: written)
    }
    // Nothing is written yet: the value goes behind its colon, which `{ a }` lacks as well.
    if let key = target.entry?.key {
      let hasColon = hasColon(between: key.byteRange.upperBound, range.lowerBound)
      let offset = hasColon ? colon(after: key) : key.byteRange.upperBound
      return TextChange(
        range: offset..<offset, replacement: (hasColon ? " " : ": ") + written)
    }
    let isBlank = byte(at: range.lowerBound - 1).map { " \n\r".utf8.contains($0) } ?? true
    return TextChange(range: range, replacement: (isBlank ? "" : " ") + written)
  }

  private func hasColon(between start: Int, _ end: Int) -> Bool {
    (start..<max(start, end)).contains { byte(at: $0) == UInt8(ascii: ":") }
  }

  /// A replacement on one line.
  private func inline(_ replacement: Replacement, isInsideFlow: Bool) -> String {
    let writer = YAMLWriter()
    switch replacement {
    case .verbatim(let text): return text
    case .value(let value):
      return isInsideFlow ? writer.writeFlow(value) : writer.scalar(value, .block)
    }
  }

  // MARK: Inserting

  func change(
    inserting key: String, _ replacement: Replacement, into target: Target, at position: Int
  ) -> TextChange {
    let entries = target.node.entries ?? []
    let isFlow = target.isInsideFlow || target.node.style == .flow
    if isFlow { return change(insertingIntoFlow: key, replacement, into: target, at: position) }
    guard let first = entries.first else {
      // Nothing is written yet: the entry goes below its parent's key.
      let indent = target.outerColumn == 0 ? 0 : target.outerColumn + 1
      let entry = block(key, replacement, indent: indent)
      let lead = target.outerColumn == 0 ? "" : lineBreak
      let end = target.node.byteRange.upperBound
      let offset = target.outerColumn == 0 ? end : endOfLine(after: end)
      return TextChange(
        range: offset..<offset,
        replacement: lead + String(repeating: " ", count: indent) + entry
          + (target.outerColumn == 0 ? lineBreak : ""))
    }
    let indent = Int(first.key.start.column) - 1
    let entry = block(key, replacement, indent: indent)
    let margin = lineBreak + String(repeating: " ", count: indent)
    if position == 0 {
      let offset = first.key.byteRange.lowerBound
      return TextChange(range: offset..<offset, replacement: entry + margin)
    }
    let offset = endOfLine(after: end(of: entries[position - 1]))
    let needsBreak = offset == bytes.count && endsInLiteral(replacement)
    return TextChange(
      range: offset..<offset, replacement: margin + entry + (needsBreak ? lineBreak : ""))
  }

  private func change(
    insertingIntoFlow key: String, _ replacement: Replacement, into target: Target,
    at position: Int
  ) -> TextChange {
    let entries = target.node.entries ?? []
    let written =
      YAMLWriter().scalar(key, .flow) + ": " + inline(replacement, isInsideFlow: true)
    guard let first = entries.first else {
      guard target.node.kind == .mapping else {
        return change(replacing: target, with: .verbatim("{ " + written + " }"))
      }
      // `{}`, perhaps with blanks or comments: the entry goes behind the opening bracket.
      let offset = target.node.byteRange.upperBound - 1
      let isBlank = byte(at: offset - 1) == UInt8(ascii: " ")
      return TextChange(
        range: offset..<offset, replacement: (isBlank ? "" : " ") + written + " ")
    }
    if position == 0 {
      let offset = first.key.byteRange.lowerBound
      return TextChange(range: offset..<offset, replacement: written + ", ")
    }
    let previous = entries[position - 1]
    let offset = end(of: previous)
    // `{ a:, b: 1 }` is a text with a colon: a colon needs its blank.
    let isEmpty = previous.value.byteRange.isEmpty && offset > previous.key.byteRange.upperBound
    return TextChange(range: offset..<offset, replacement: (isEmpty ? " , " : ", ") + written)
  }

  /// An entry as it stands in a block, without margin before its first line and without the last
  /// line break.
  private func block(_ key: String, _ replacement: Replacement, indent: Int) -> String {
    let writer = YAMLWriter()
    var output = writer.key(key, indent: indent)
    switch replacement {
    case .verbatim(let text): output += " " + text
    case .value(let value):
      writer.block(value, indent: indent + 2, at: .afterKey, into: &output)
      output.unicodeScalars.removeLast()
    }
    return withLineBreaks(output)
  }

  // MARK: Removing

  func change(
    removing position: Int, from target: Target, at path: YAMLPath
  ) throws(YAMLEditError) -> TextChange {
    let entries = target.node.entries ?? []
    let entry = entries[position]
    let start = entry.key.byteRange.lowerBound
    let end = end(of: entry)
    let isFlow = target.node.style == .flow
    if entries.count == 1 {
      if isFlow { return TextChange(range: target.node.byteRange, replacement: "{}") }
      // A mapping without fields can only be written in brackets, on its parent's line.
      guard let key = target.entry?.key else {
        return TextChange(range: start..<end, replacement: "{}")
      }
      let from = colon(after: key)
      try keepComments(in: from..<start, at: path)
      return TextChange(range: from..<end, replacement: " {}")
    }
    if let lines = wholeLines(from: start, to: end, isFlow: isFlow) {
      return TextChange(range: lines, replacement: "")
    }
    if isFlow, position > 0 {
      let previous = self.end(of: entries[position - 1])
      try keepComments(in: previous..<start, at: path)
      return TextChange(range: previous..<end, replacement: "")
    }
    // The first of a line, behind a bracket or a list's dash: the next field takes its place.
    guard position == 0 else {
      throw YAMLEditError(.unsafe(path: path.description, problem: "its line holds something else"))
    }
    let next = entries[1].key.byteRange.lowerBound
    try keepComments(in: (isFlow ? end : endOfLine(after: end))..<next, at: path)
    return TextChange(range: start..<next, replacement: "")
  }

  /// The lines of an entry that stands alone on them, with a comment behind it; nil otherwise.
  private func wholeLines(from start: Int, to end: Int, isFlow: Bool) -> Range<Int>? {
    let first = startOfLine(before: start)
    let stop = endOfLine(after: end)
    guard (first..<start).allSatisfy({ byte(at: $0) == UInt8(ascii: " ") }) else { return nil }
    let blanks = " \t".utf8
    var rest = (end..<stop).compactMap { byte(at: $0) }[...]
    rest = rest.drop { blanks.contains($0) }
    if isFlow, rest.first == UInt8(ascii: ",") { rest.removeFirst() }
    rest = rest.drop { blanks.contains($0) }
    guard rest.isEmpty || rest.first == UInt8(ascii: "#") else { return nil }
    let next = nextLine(after: end)
    // A file without a final line break stays one.
    guard next == stop, first > 0 else { return first..<next }
    let isCRLF = byte(at: first - 2) == UInt8(ascii: "\r") && lineBreak != "\n"
    return (first - (isCRLF ? 2 : 1))..<stop
  }

  /// Refuses to remove what could be a comment on something else.
  private func keepComments(in range: Range<Int>, at path: YAMLPath) throws(YAMLEditError) {
    guard !range.contains(where: { byte(at: $0) == UInt8(ascii: "#") }) else {
      throw YAMLEditError(.unsafe(path: path.description, problem: "a comment would be lost"))
    }
  }

  // MARK: Appending

  func change(appending value: YAMLValue) -> TextChange {
    let count = bytes.count
    var written = YAMLWriter().write(value)
    let hasFinalBreak = count == 0 || byte(at: count - 1) == UInt8(ascii: "\n")
    // A file without a final line break stays one, unless the break belongs to the last text.
    if !hasFinalBreak, !endsInLiteral(.value(value)) { written.unicodeScalars.removeLast() }
    let lead = (hasFinalBreak ? "" : "\n") + (documents.isEmpty ? "" : "---\n")
    return TextChange(range: count..<count, replacement: withLineBreaks(lead + written))
  }

  /// Whether what is written for a value may need the line break behind it.
  private func endsInLiteral(_ replacement: Replacement) -> Bool {
    guard case .value(let value) = replacement else { return false }
    switch value {
    case .string(let text): return text.utf8.contains(UInt8(ascii: "\n"))
    case .list(let items): return items.last.map { endsInLiteral(.value($0)) } ?? false
    case .map(let entries): return entries.last.map { endsInLiteral(.value($0.1)) } ?? false
    default: return false
    }
  }

  // MARK: Places

  /// Where an entry ends: its value, or its colon where no value is written.
  private func end(of entry: Node.Entry) -> Int {
    guard entry.value.byteRange.isEmpty else { return entry.value.byteRange.upperBound }
    return hasColon(between: entry.key.byteRange.upperBound, entry.value.byteRange.upperBound)
      ? colon(after: entry.key) : entry.key.byteRange.upperBound
  }

  /// Behind a key's colon.
  private func colon(after key: Node) -> Int {
    var offset = key.byteRange.upperBound
    while let byte = byte(at: offset), byte != UInt8(ascii: ":") { offset += 1 }
    return min(offset + 1, bytes.count)
  }

  private func endOfLine(after offset: Int) -> Int {
    var offset = offset
    while let byte = byte(at: offset), byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") {
      offset += 1
    }
    return offset
  }

  private func nextLine(after offset: Int) -> Int {
    var end = endOfLine(after: offset)
    if byte(at: end) == UInt8(ascii: "\r") { end += 1 }
    if byte(at: end) == UInt8(ascii: "\n") { end += 1 }
    return end
  }

  private func startOfLine(before offset: Int) -> Int {
    var offset = offset
    while let byte = byte(at: offset - 1), byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") {
      offset -= 1
    }
    return offset
  }
}
