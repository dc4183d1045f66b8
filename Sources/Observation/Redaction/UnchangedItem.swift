internal import Connectors
internal import JSON

/// Finds the items that a vendor writes as they are stored: compact, with nothing to mask. They are copied as they came.
///
/// It must never find one that ``ResourceWriter`` would write otherwise; what it is not sure of, that one writes.
struct UnchangedItem: Sendable {
  /// The names at which a path of redaction may end.
  private let names: [[UInt8]]
  private let isPossible: Bool

  init(paths: [FieldPath], keys: Connector.KeyCase) {
    let names = paths.compactMap { path -> [UInt8]? in
      if case .name(let name) = path.steps.last { Array(name.utf8) } else { nil }
    }
    self.names = names
    isPossible = keys == .asIs && names.count == paths.count
  }

  /// An item in the text of an answer.
  struct Place: Sendable {
    let text: [UInt8]
    let range: Range<Int>
  }

  /// The item's line; nil where something of it may have to be written otherwise.
  func line(_ item: Place, leading: [(String, String)], mask: SecretGate) -> [UInt8]? {
    guard isPossible, item.text[item.range.lowerBound] == UInt8(ascii: "{") else { return nil }
    let own = leading.map { Array($0.0.utf8) }
    guard passes(item, own: own, mask) else { return nil }
    guard !leading.isEmpty else { return Array(item.text[item.range]) }
    var writer = JSONWriter()
    writer.object { writer in
      for (name, value) in leading { writer.member(name, mask.telling(value)) }
    }
    var line = writer.bytes
    line.removeLast()
    line.reserveCapacity(line.count + item.range.count + 1)
    if item.range.count > 2 { line.append(UInt8(ascii: ",")) }
    line += item.text[item.range.dropFirst()]
    return line
  }

  private func passes(_ item: Place, own: [[UInt8]], _ mask: SecretGate) -> Bool {
    let forms = mask.known
    var index = item.range.lowerBound
    let end = item.range.upperBound
    // A bit for each level: whether it is an object.
    var objects: UInt64 = 0
    var depth = 0
    var isName = false
    while index < end {
      let byte = item.text[index]
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
        guard let next = Self.endOfString(index + 1, in: item.text, forms, mask) else {
          return false
        }
        if isName {
          let name = item.text[index + 1..<next - 1]
          if names.contains(where: { $0.elementsEqual(name) }) { return false }
          if depth == 1, own.contains(where: { $0.elementsEqual(name) }) { return false }
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

  /// Behind the closing quote of a string that is written as Plumb writes it, and in which nothing is to be masked.
  private static func endOfString(
    _ start: Int, in text: [UInt8], _ forms: SecretForms, _ mask: SecretGate
  ) -> Int? {
    var index = start
    var hasEscapes = false
    var last: UInt8 = 0
    while true {
      let byte = text[index]
      if byte == UInt8(ascii: "\"") { break }
      if byte < 0x20 || byte == 0x7F { return nil }
      if byte == UInt8(ascii: "\\") {
        guard "\"\\nrtbf".utf8.contains(text[index + 1]) else { return nil }
        hasEscapes = true
        last = 0
        index += 2
        continue
      }
      if forms.mayBegin(last, byte),
        forms.end(at: index - 1, in: text) != nil
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
