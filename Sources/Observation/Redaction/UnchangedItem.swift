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

  /// Adds the item's line.
  ///
  /// - Parameters:
  ///   - leading: Members of Plumb's own that come first.
  ///   - known: The secrets that are searched for.
  /// - Returns: False, with nothing added, where something of it may have to be written otherwise.
  func copy(
    _ item: Place, leading: [(String, String)], known: SecretForms, mask: SecretGate,
    to lines: inout Lines
  ) -> Bool {
    guard isPossible, item.text[item.range.lowerBound] == UInt8(ascii: "{") else { return false }
    let own = leading.map { Array($0.0.utf8) }
    guard passes(item, own: own, known, mask) else { return false }
    guard !leading.isEmpty else {
      lines.append(item.text[item.range])
      return true
    }
    var writer = JSONWriter()
    writer.object { writer in
      for (name, value) in leading { writer.member(name, mask.telling(value)) }
    }
    var line = writer.bytes
    line.removeLast()
    line.reserveCapacity(line.count + item.range.count + 1)
    if item.range.count > 2 { line.append(UInt8(ascii: ",")) }
    line += item.text[item.range.dropFirst()]
    lines.append(line)
    return true
  }

  private func passes(
    _ item: Place, own: [[UInt8]], _ known: SecretForms, _ mask: SecretGate
  ) -> Bool {
    let text = item.text.span
    var index = item.range.lowerBound
    let end = item.range.upperBound
    // A bit for each level: whether it is an object.
    var objects: UInt64 = 0
    var depth = 0
    var isName = false
    while index < end {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        isName = byte == UInt8(ascii: "{")
        objects = objects << 1 | (isName ? 1 : 0)
        depth += 1
        guard depth <= 64 else { return false }
        index += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        objects >>= 1
        depth -= 1
        isName = false
        index += 1
      case UInt8(ascii: ","):
        isName = objects & 1 == 1
        index += 1
      case UInt8(ascii: ":"):
        isName = false
        index += 1
      case UInt8(ascii: "\""):
        guard let next = Self.endOfString(index + 1, in: item.text, known, mask) else {
          return false
        }
        if isName {
          let name = index + 1..<next - 1
          if lengths & 1 << UInt64(min(name.count, 63)) != 0,
            names.contains(where: { Self.isSame($0, name, in: text) })
          {
            return false
          }
          if depth == 1, own.contains(where: { Self.isSame($0, name, in: text) }) { return false }
        }
        index = next
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        guard let next = Self.endOfInteger(index, in: item.text, mask) else { return false }
        index = next
      case UInt8(ascii: "t"), UInt8(ascii: "n"): index += 4
      case UInt8(ascii: "f"): index += 5
      default: return false
      }
    }
    return depth == 0
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

  /// By byte, whether a string goes on behind it as it is: no quote, no escape, no control character.
  private static let isPlain: [Bool] = (0..<256).map {
    $0 >= 0x20 && $0 != 0x7F && $0 != 0x22 && $0 != 0x5C
  }

  /// Behind the closing quote of a string that is written as Plumb writes it, and in which nothing is to be masked.
  private static func endOfString(
    _ start: Int, in text: [UInt8], _ known: SecretForms, _ mask: SecretGate
  ) -> Int? {
    let bytes = text.span
    let plain = isPlain.span
    let screen = known.screen.pairs.span
    var index = start
    var hasEscapes = false
    var last = 0
    while true {
      let byte = Int(bytes[index])
      guard plain[byte] else {
        if byte == 0x22 { break }
        guard byte == 0x5C, "\"\\nrtbf".utf8.contains(bytes[index + 1]) else { return nil }
        hasEscapes = true
        last = 0
        index += 2
        continue
      }
      let pair = last << 8 | byte
      if screen[pair >> 6] >> UInt64(truncatingIfNeeded: pair & 63) & 1 != 0,
        known.end(at: index - 1, in: text) != nil
          || SecretGate.shapeEnd(at: index - 1, in: text) != nil
      {
        return nil
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
