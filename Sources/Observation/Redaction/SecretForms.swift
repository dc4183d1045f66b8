internal import Text

/// Known secrets, and every way in which a text may write them down.
///
/// A secret is found in any mixture of cases and escapes: as it is, percent-encoded, JSON-escaped,
/// as HTML entities, each of them several times over. What no escape leads to is searched for as a
/// form of its own: hexadecimal, and base64 in its three alignments and both alphabets, so that it is found
/// within a longer text that was encoded too.
struct SecretForms: Sendable {
  /// Shorter ones are too common to be searched for.
  static let shortest = 8

  /// A secret, or a form of it, in lower case.
  private struct Needle: Sendable {
    let bytes: [UInt8]
    /// Whether white space may stand anywhere in it: a key in PEM form.
    let isBroken: Bool
  }

  private var known: Set<String> = []
  /// By the first four bytes.
  private var needles: [UInt32: [Needle]] = [:]
  /// By the first two bytes, whether there is any: most text has nothing to look at twice.
  private var begins: [Bool] = []

  /// What deserves a second look in a string of JSON: what a secret, an escape in it, or a token of a known shape may begin with,
  /// and what ends with a byte that a string has only escaped.
  private(set) var screen = TokenShape.screen

  var isEmpty: Bool { needles.isEmpty }

  /// How many texts are searched for.
  var count: Int { needles.values.reduce(0) { $0 + $1.count } }

  /// Adds a secret; nothing happens when it is known, or too short.
  mutating func add(_ secret: String) {
    let secret = secret.trimmed
    guard secret.utf8.count >= Self.shortest, known.insert(secret).inserted else { return }
    let bytes = Array(secret.utf8)
    let isBroken = bytes.contains { $0 == 0x0A || $0 == 0x0D }
    add(isBroken ? bytes.filter { !Self.isBlank($0) } : bytes, isBroken: isBroken)
    if isBroken {
      // A line of a key gives much of it away.
      for line in secret.split(whereSeparator: \.isNewline) where !line.hasPrefix("-----") {
        add(String(line))
      }
    }
    if bytes.contains(where: { $0 >= 0x80 }) {
      add(
        secret.utf16.flatMap { unit -> [UInt8] in
          guard unit >= 0x80 else { return [UInt8(truncatingIfNeeded: unit)] }
          let digits = String(unit, radix: 16)
          return Array(("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
        })
    }
    add(bytes.flatMap { [Self.digit($0 >> 4), Self.digit($0 & 15)] })
    for alignment in 0..<3 {
      add(Self.base64(bytes, after: alignment, "+", "/"))
      add(Self.base64(bytes, after: alignment, "-", "_"))
    }
  }

  private mutating func add(_ bytes: [UInt8], isBroken: Bool = false) {
    let bytes = bytes.map(Self.lower)
    guard bytes.count >= Self.shortest else { return }
    let key = bytes[..<4].reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
    if begins.isEmpty { begins = [Bool](repeating: false, count: 1 << 16) }
    begins[Int(key >> 16)] = true
    if needles.isEmpty { screenEscapes() }
    for first in [bytes[0], Self.upper(bytes[0])] {
      for second in [bytes[1], Self.upper(bytes[1])] {
        screen.insert(first, second)
      }
    }
    guard needles[key]?.contains(where: { $0.bytes == bytes }) != true else { return }
    needles[key, default: []].append(Needle(bytes: bytes, isBroken: isBroken))
  }

  private mutating func screenEscapes() {
    for special in UInt8.min...UInt8.max where Self.isSpecial(special) {
      for other in UInt8.min...UInt8.max {
        screen.insert(special, other)
        screen.insert(other, special)
      }
    }
  }

  // MARK: Finding

  /// Where a secret ends that begins at an index: the furthest end of all; nil when none does.
  func end(at index: Int, in bytes: [UInt8]) -> Int? {
    guard !needles.isEmpty, index + Self.shortest <= bytes.count else { return nil }
    // Most places of most texts end here.
    if !Self.isSpecial(bytes[index]), !Self.isSpecial(bytes[index + 1]) {
      let pair = Int(Self.lower(bytes[index])) << 8 | Int(Self.lower(bytes[index + 1]))
      guard begins[pair] else { return nil }
    }
    let isPlain = (index..<index + 4).allSatisfy { !Self.isSpecial(bytes[$0]) }
    var candidates: [Needle] = []
    if isPlain {
      let key = (index..<index + 4).reduce(0 as UInt32) {
        $0 << 8 | UInt32(Self.lower(bytes[$1]))
      }
      guard begins[Int(key >> 16)], let found = needles[key] else { return nil }
      candidates = found
    } else {
      gather(&candidates, from: index, key: 0, count: 0, in: bytes)
    }
    return candidates.compactMap { Self.end(of: $0, at: index, in: bytes) }.max()
  }

  /// The needles whose first four bytes may stand at an index.
  private func gather(
    _ candidates: inout [Needle], from index: Int, key: UInt32, count: Int, in bytes: [UInt8]
  ) {
    if count == 2, !begins[Int(key)] { return }
    if count == 4 {
      candidates += needles[key] ?? []
      return
    }
    for (byte, length) in Self.readings(at: index, in: bytes) {
      gather(
        &candidates, from: index + length, key: key << 8 | UInt32(Self.lower(byte)),
        count: count + 1, in: bytes)
    }
  }

  private static func end(of needle: Needle, at start: Int, in bytes: [UInt8]) -> Int? {
    var positions = [start]
    for wanted in needle.bytes {
      var next: [Int] = []
      for position in positions {
        let position = needle.isBroken ? pastBlanks(position, in: bytes) : position
        if position < bytes.count, !isSpecial(bytes[position]) {
          if lower(bytes[position]) == wanted { next.append(position + 1) }
          continue
        }
        for (byte, length) in readings(at: position, in: bytes)
        where lower(byte) == wanted && !next.contains(position + length) {
          next.append(position + length)
        }
      }
      guard !next.isEmpty else { return nil }
      positions = next
    }
    return positions.max()
  }

  /// What may be meant by what stands at an index, with how many bytes that takes: the byte itself, and
  /// what it escapes.
  private static func readings(
    at index: Int, in bytes: [UInt8]
  ) -> [(byte: UInt8, length: Int)] {
    guard index < bytes.count else { return [] }
    let first = bytes[index]
    var result = [(byte: first, length: 1)]
    func at(_ offset: Int) -> UInt8 {
      index + offset < bytes.count ? bytes[index + offset] : 0
    }
    func number(_ offset: Int, _ count: Int) -> UInt8? {
      var value = 0
      for place in offset..<offset + count {
        guard let digit = Self.value(of: at(place)) else { return nil }
        value = value << 4 | digit
      }
      return UInt8(exactly: value)
    }
    switch first {
    case UInt8(ascii: "+"): result.append((0x20, 1))
    case UInt8(ascii: "%"):
      var length = 1
      while true {
        if let value = number(length, 2) { result.append((value, length + 2)) }
        guard at(length) == UInt8(ascii: "2"), at(length + 1) == UInt8(ascii: "5") else { break }
        length += 2
      }
    case UInt8(ascii: "\\"):
      var run = 1
      while at(run) == first { run += 1 }
      for length in [2, 4, 8] where length <= run { result.append((first, length)) }
      switch at(run) {
      case UInt8(ascii: "u"):
        if let value = number(run + 1, 4) { result.append((value, run + 5)) }
      case UInt8(ascii: "x"):
        if let value = number(run + 1, 2) { result.append((value, run + 3)) }
      case UInt8(ascii: "/"), UInt8(ascii: "\""), UInt8(ascii: "'"):
        result.append((at(run), run + 1))
      default: break
      }
    case UInt8(ascii: "&"):
      if let entity = entity(bytes[index...].prefix(12)) { result.append(entity) }
    default: break
    }
    return result
  }

  private static let entities: [(name: [UInt8], byte: UInt8)] = [
    ("&amp;", 0x26), ("&lt;", 0x3C), ("&gt;", 0x3E), ("&quot;", 0x22), ("&apos;", 0x27),
  ].map { (name: Array($0.0.utf8), byte: $0.1) }

  private static func entity(_ bytes: ArraySlice<UInt8>) -> (byte: UInt8, length: Int)? {
    if let named = entities.first(where: { bytes.starts(with: $0.name) }) {
      return (named.byte, named.name.count)
    }
    guard let end = bytes.firstIndex(of: UInt8(ascii: ";")) else { return nil }
    let text = String(decoding: bytes[bytes.startIndex..<end], as: UTF8.self).lowercased()
    let value =
      text.hasPrefix("&#x")
      ? UInt8(text.dropFirst(3), radix: 16)
      : text.hasPrefix("&#") ? UInt8(text.dropFirst(2)) : nil
    return value.map { ($0, end - bytes.startIndex + 1) }
  }

  /// Behind white space and line breaks, escaped ones too.
  private static func pastBlanks(_ index: Int, in bytes: [UInt8]) -> Int {
    var index = index
    while index < bytes.count {
      if isBlank(bytes[index]) {
        index += 1
        continue
      }
      if let blank = readings(at: index, in: bytes).first(where: { isBlank($0.byte) }) {
        index += blank.length
        continue
      }
      var run = index
      while run < bytes.count, bytes[run] == UInt8(ascii: "\\") { run += 1 }
      guard run > index, run < bytes.count,
        [UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t")].contains(bytes[run])
      else { return index }
      index = run + 1
    }
    return index
  }

  // MARK: Bytes

  /// What may begin an escape.
  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte == 0x25 || byte == 0x26 || byte == 0x2B || byte == 0x5C
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }

  private static func upper(_ byte: UInt8) -> UInt8 {
    byte >= 0x61 && byte <= 0x7A ? byte & 0xDF : byte
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

  private static func value(of digit: UInt8) -> Int? {
    switch digit {
    case 48...57: Int(digit) - 48
    case 65...70: Int(digit) - 55
    case 97...102: Int(digit) - 87
    default: nil
    }
  }

  /// The characters of base64 that depend on these bytes alone, whatever stands around them.
  ///
  /// - Parameter alignment: How many bytes of a group of three stand before them.
  private static func base64(
    _ bytes: [UInt8], after alignment: Int, _ plus: Unicode.Scalar, _ slash: Unicode.Scalar
  ) -> [UInt8] {
    let last = (bytes.count + alignment) * 8 / 6
    let first = (alignment * 8 + 5) / 6
    return (first..<max(first, last)).map { character in
      var value: UInt8 = 0
      for bit in character * 6..<character * 6 + 6 {
        let place = bit - alignment * 8
        value = value << 1 | bytes[place / 8] >> UInt8(7 - place % 8) & 1
      }
      switch value {
      case 0..<26: return 0x41 + value
      case 26..<52: return 0x61 + value - 26
      case 52..<62: return 0x30 + value - 52
      case 62: return UInt8(ascii: plus)
      default: return UInt8(ascii: slash)
      }
    }
  }
}
