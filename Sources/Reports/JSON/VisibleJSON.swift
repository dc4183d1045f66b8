/// JSON in which no character hides: those that ``HiddenScalars`` knows are written as `\uXXXX`.
///
/// The value stays the same; a terminal that shows the file obeys no control character of C1 in it,
/// a diff shows every character, and no `##[command]` stands in it for the runner of GitHub Actions.
enum VisibleJSON {
  static func bytes(_ json: [UInt8]) -> [UInt8] {
    guard json.contains(where: { $0 >= 0x80 || $0 == UInt8(ascii: "#") }) else { return json }
    var result: [UInt8] = []
    result.reserveCapacity(json.count)
    var previous: Unicode.Scalar?
    for scalar in String(decoding: json, as: UTF8.self).unicodeScalars {
      if scalar.value >= 0x80, HiddenScalars.isHidden(scalar, after: previous) {
        for unit in UTF16.encode(scalar)?.map(\.self) ?? [] { append(unit, to: &result) }
      } else if scalar == "[", result.suffix(2).elementsEqual("##".utf8) {
        // Two of `#` outside a string are no JSON: this is text.
        append(UInt16(UInt8(ascii: "[")), to: &result)
      } else if scalar.value < 0x80 {
        result.append(UInt8(truncatingIfNeeded: scalar.value))
      } else {
        result.append(contentsOf: UTF8.encode(scalar)?.map(\.self) ?? [])
      }
      previous = scalar
    }
    return result
  }

  private static func append(_ unit: UInt16, to result: inout [UInt8]) {
    let digits = String(unit, radix: 16, uppercase: true)
    result.append(contentsOf: "\\u".utf8)
    result.append(contentsOf: String(repeating: "0", count: 4 - digits.utf8.count).utf8)
    result.append(contentsOf: digits.utf8)
  }
}
