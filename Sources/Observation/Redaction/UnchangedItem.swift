internal import Connectors
internal import JSON

/// Finds the items that a vendor writes as they are stored: compact, with nothing to mask. They are copied as they came.
///
/// It must never find one that ``ResourceWriter`` would write otherwise; what it is not sure of, that one writes.
struct UnchangedItem: Sendable {
  /// The names at which a path of redaction may end.
  private let names: [[UInt8]]
  /// By a name's bytes, up to 63, whether one of the names has so many: most names of an item are told by that alone.
  private let lengths: UInt64
  private let isPossible: Bool

  init(paths: [FieldPath], keys: Connector.KeyCase) {
    let names = paths.compactMap { path -> [UInt8]? in
      if case .name(let name) = path.steps.last { Array(name.utf8) } else { nil }
    }
    self.names = names
    lengths = names.reduce(0) { $0 | 1 << UInt64(min($1.count, 63)) }
    isPossible = keys == .asIs && names.count == paths.count
  }

  /// An item in the text of an answer.
  struct Place: Sendable {
    let text: [UInt8]
    let range: Range<Int>
  }

  /// A list in the text of an answer.
  struct List: Sendable {
    let text: [UInt8]
    /// Behind its bracket.
    let start: Int

    /// Where the next item begins, behind the bracket or behind another; nil behind the last. A null is none.
    func item(behind index: Int) -> Int? {
      let text = text.span
      var index = index
      while let start = JSONPlaces.element(behind: index, in: text) {
        guard text[start] == UInt8(ascii: "n") else { return start }
        index = JSONPlaces.end(of: start, in: text)
      }
      return nil
    }
  }

  /// Adds the item's line.
  ///
  /// - Parameters:
  ///   - leading: Members of Plumb's own that come first.
  ///   - known: The secrets that are searched for.
  /// - Returns: Where the item ends; nil, with nothing added, where something of it may have to be written otherwise.
  func copy(
    itemAt start: Int, of text: [UInt8], leading: [(String, String)], known: SecretForms,
    mask: SecretGate, to lines: inout Lines
  ) -> Int? {
    guard isPossible, text[start] == UInt8(ascii: "{") else { return nil }
    let own = leading.map { Array($0.0.utf8) }
    guard let end = end(ofItemAt: start, of: text, own: own, known, mask) else { return nil }
    guard !leading.isEmpty else {
      lines.append(text[start..<end])
      return end
    }
    var writer = JSONWriter()
    writer.object { writer in
      for (name, value) in leading { writer.member(name, mask.telling(value)) }
    }
    var line = writer.bytes
    line.removeLast()
    line.reserveCapacity(line.count + end - start + 1)
    if end - start > 2 { line.append(UInt8(ascii: ",")) }
    line += text[start + 1..<end]
    lines.append(line)
    return end
  }

  /// Where an item ends that is stored as it came.
  private func end(
    ofItemAt start: Int, of bytes: [UInt8], own: [[UInt8]], _ known: SecretForms,
    _ mask: SecretGate
  ) -> Int? {
    let text = bytes.span
    var index = start
    // A bit for each level: whether it is an object.
    var objects: UInt64 = 0
    var depth = 0
    var isName = false
    while true {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        isName = byte == UInt8(ascii: "{")
        objects = objects << 1 | (isName ? 1 : 0)
        depth += 1
        guard depth <= 64 else { return nil }
        index += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        objects >>= 1
        depth -= 1
        isName = false
        index += 1
        if depth == 0 { return index }
      case UInt8(ascii: ","):
        isName = objects & 1 == 1
        index += 1
      case UInt8(ascii: ":"):
        isName = false
        index += 1
      case UInt8(ascii: "\""):
        guard let next = Self.endOfString(index + 1, in: bytes, known, mask) else { return nil }
        if isName {
          let name = index + 1..<next - 1
          if lengths & 1 << UInt64(min(name.count, 63)) != 0,
            names.contains(where: { Self.isSame($0, name, in: text) })
          {
            return nil
          }
          if depth == 1, own.contains(where: { Self.isSame($0, name, in: text) }) { return nil }
        }
        index = next
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        guard let next = Self.endOfInteger(index, in: bytes, mask) else { return nil }
        index = next
      case UInt8(ascii: "t"), UInt8(ascii: "n"): index += 4
      case UInt8(ascii: "f"): index += 5
      default: return nil
      }
    }
  }

  private static func isSame(
    _ name: [UInt8], _ range: Range<Int>, in text: borrowing Span<UInt8>
  ) -> Bool {
    guard name.count == range.count else { return false }
    for offset in name.indices where name[offset] != text[range.lowerBound + offset] {
      return false
    }
    return true
  }

  /// Behind the closing quote of a string that is written as Plumb writes it, and in which nothing is to be masked.
  private static func endOfString(
    _ start: Int, in text: [UInt8], _ known: SecretForms, _ mask: SecretGate
  ) -> Int? {
    let bytes = text.span
    let screen = known.screen.pairs.span
    var index = start
    var hasEscapes = false
    var last = 0
    while true {
      let byte = Int(bytes[index])
      let pair = last << 8 | byte
      // Most bytes of most strings need no second look.
      if screen[pair >> 6] >> UInt64(truncatingIfNeeded: pair & 63) & 1 != 0 {
        if byte == 0x22 { break }
        if byte == 0x5C {
          guard "\"\\nrtbf".utf8.contains(bytes[index + 1]) else { return nil }
          hasEscapes = true
          last = 0
          index += 2
          continue
        }
        if byte < 0x20 || byte == 0x7F || known.end(at: index - 1, in: text) != nil
          || SecretGate.shapeEnd(at: index - 1, in: text) != nil
        {
          return nil
        }
      }
      last = byte
      index += 1
    }
    if hasEscapes {
      // What stands before an escape is another word than its letter.
      guard let string = try? JSONView(parsing: Array(text[start - 1...index])).string,
        mask.masked(string) == nil
      else { return nil }
    }
    return index + 1
  }

  /// Behind an integer that is written as Plumb writes it. Digits alone may be a secret, too.
  private static func endOfInteger(
    _ start: Int, in text: [UInt8], _ mask: SecretGate
  ) -> Int? {
    var index = start
    if text[index] == UInt8(ascii: "-") { index += 1 }
    if text[index] == UInt8(ascii: "0"), index > start { return nil }
    let first = index
    while index < text.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[index]) {
      index += 1
    }
    guard index - first <= 18, index < text.count, ",]}".utf8.contains(text[index]) else {
      return nil
    }
    if index - start >= SecretGate.shortest,
      mask.masked(String(decoding: text[start..<index], as: UTF8.self)) != nil
    {
      return nil
    }
    return index
  }
}
