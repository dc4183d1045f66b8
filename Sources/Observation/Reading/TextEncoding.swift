internal import Posture

/// Text of tools that write other encodings than UTF-8: Windows PowerShell writes UTF-16 by default.
enum TextEncoding {
  /// The same text in UTF-8.
  ///
  /// A byte order mark at the beginning decides. Without one, JSON begins with an ASCII character,
  /// so that the place of the zero byte tells the encoding (RFC 4627 §3).
  static func utf8(_ bytes: [UInt8]) throws(Fault) -> [UInt8] {
    guard bytes.count >= 2 else { return bytes }
    switch (bytes[0], bytes[1]) {
    case (0xFF, 0xFE): return try decoded(bytes.dropFirst(2), isBigEndian: false)
    case (0xFE, 0xFF): return try decoded(bytes.dropFirst(2), isBigEndian: true)
    case (1..., 0): return try decoded(bytes[...], isBigEndian: false)
    case (0, 1...): return try decoded(bytes[...], isBigEndian: true)
    default: return bytes
    }
  }

  private static func decoded(
    _ bytes: ArraySlice<UInt8>, isBigEndian: Bool
  ) throws(Fault) -> [UInt8] {
    guard bytes.count.isMultiple(of: 2) else {
      throw Fault(.malformed, "it is cut off: UTF-16 has two bytes for each unit")
    }
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let first = UInt16(bytes[index])
      let second = UInt16(bytes[index + 1])
      units.append(isBigEndian ? first << 8 | second : second << 8 | first)
      index += 2
    }
    var result: [UInt8] = []
    result.reserveCapacity(units.count)
    let isBroken = transcode(
      units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: true
    ) { result.append($0) }
    guard !isBroken else { throw Fault(.malformed, "it is no UTF-16") }
    return result
  }
}
