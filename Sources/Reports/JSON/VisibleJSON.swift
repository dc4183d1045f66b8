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
    while place < json.count {
      let byte = json[place]
      if byte >= 0x80 {
        let end = json[place...].firstIndex { $0 < 0x80 } ?? json.count
        let last = place > 0 ? json[place - 1] : nil
        if hides(json[place..<end], after: last) {
          result += json[kept..<place]
          append(json[place..<end], after: last, to: &result)
          kept = end
        }
        place = end
        continue
      }
      if byte == UInt8(ascii: "["), place >= 2, json[place - 1] == UInt8(ascii: "#"),
        json[place - 2] == UInt8(ascii: "#")
      {
        // Two of `#` outside a string are no JSON: this is text.
        result += json[kept..<place]
        append(UInt16(byte), to: &result)
        kept = place + 1
      }
      place += 1
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
