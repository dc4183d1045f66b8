internal import JSON

/// JSON in which no character hides: those that ``HiddenScalars`` knows are written as `\uXXXX`.
///
/// The value stays the same; a terminal that shows the file obeys no control character of C1 in it,
/// a diff shows every character, and no `##[command]` stands in it for the runner of GitHub Actions.
enum VisibleJSON {
  static func bytes(_ json: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    // What hides nothing is copied as a whole, and not at all where nothing hides.
    var kept = 0
    var place = 0
    let hash = UInt8(ascii: "#")
    while let found = json.span.firstOffset(of: hash, orBeyondASCIIFrom: place) {
      if json[found] == hash {
        place = found + 1
        // Two of `#` outside a string are no JSON: this is text.
        guard json[found...].starts(with: "##[".utf8) else { continue }
        result += json[kept..<found + 2]
        append(UInt16(UInt8(ascii: "[")), to: &result)
        kept = found + 3
      } else {
        let end = json[found...].firstIndex { $0 < 0x80 } ?? json.count
        let last = found > 0 ? json[found - 1] : nil
        if hides(json[found..<end], after: last) {
          result += json[kept..<found]
          append(json[found..<end], after: last, to: &result)
          kept = end
        }
        place = end
      }
    }
    if kept == 0 { return json }
    result += json[kept...]
    return result
  }

  /// Whether characters beyond ASCII must be written otherwise.
  private static func hides(_ bytes: ArraySlice<UInt8>, after last: UInt8?) -> Bool {
    var previous = last.map { Unicode.Scalar($0) }
    let text = String(decoding: bytes, as: UTF8.self)
    for scalar in text.unicodeScalars {
      if HiddenScalars.isHidden(scalar, after: previous) { return true }
      previous = scalar
    }
    // What is no UTF-8 is replaced.
    return !bytes.elementsEqual(text.utf8)
  }

  /// Characters beyond ASCII.
  private static func append(
    _ bytes: ArraySlice<UInt8>, after last: UInt8?, to result: inout [UInt8]
  ) {
    var previous = last.map { Unicode.Scalar($0) }
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      if HiddenScalars.isHidden(scalar, after: previous) {
        for unit in UTF16.encode(scalar)?.map(\.self) ?? [] { append(unit, to: &result) }
      } else {
        result.append(contentsOf: UTF8.encode(scalar)?.map(\.self) ?? [])
      }
      previous = scalar
    }
  }

  private static func append(_ unit: UInt16, to result: inout [UInt8]) {
    let digits = String(unit, radix: 16, uppercase: true)
    result.append(contentsOf: "\\u".utf8)
    result.append(contentsOf: String(repeating: "0", count: 4 - digits.utf8.count).utf8)
    result.append(contentsOf: digits.utf8)
  }
}
