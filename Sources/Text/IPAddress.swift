/// An IPv4 or IPv6 address, read and written strictly: [RFC 4291](https://www.rfc-editor.org/rfc/rfc4291) section 2.2
/// and [RFC 5952](https://www.rfc-editor.org/rfc/rfc5952).
package struct IPAddress: Hashable, Sendable {
  /// The number, of 32 bits for IPv4.
  package let bits: UInt128
  package let isVersion4: Bool

  package var width: Int { isVersion4 ? 32 : 128 }

  package init(version4 bits: UInt32) {
    self.bits = UInt128(bits)
    isVersion4 = true
  }

  package init(version6 bits: UInt128) {
    self.bits = bits
    isVersion4 = false
  }

  /// Reads an address; nil for anything else, also for zones and for IPv4-mapped IPv6 in dotted form.
  package init?(_ text: String) {
    if text.contains(":") {
      guard let bits = Self.version6(text) else { return nil }
      self.init(version6: bits)
    } else {
      guard let bits = Self.version4(text) else { return nil }
      self.init(version4: bits)
    }
  }

  /// Four decimals without leading zeros.
  private static func version4(_ text: String) -> UInt32? {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bits: UInt32 = 0
    for part in parts {
      guard (1...3).contains(part.count), part.count == 1 || part.first != UInt8(ascii: "0"),
        part.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
        let byte = UInt8(String(Substring(part)))
      else { return nil }
      bits = bits << 8 | UInt32(byte)
    }
    return bits
  }

  /// Eight groups, `::` standing once for one or more groups of zero.
  private static func version6(_ text: String) -> UInt128? {
    let halves = text.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
    guard halves.count <= 2 else { return nil }
    var groups: [[UInt16]] = []
    for half in halves {
      var values: [UInt16] = []
      for part in half.isEmpty ? [] : half.split(separator: ":", omittingEmptySubsequences: false) {
        guard (1...4).contains(part.utf8.count),
          part.utf8.allSatisfy({ Hexadecimal.value(of: $0) != nil }),
          let value = UInt16(part, radix: 16)
        else { return nil }
        values.append(value)
      }
      groups.append(values)
    }
    let count = groups.reduce(0) { $0 + $1.count }
    guard halves.count == 2 ? count <= 7 : count == 8 else { return nil }
    let all =
      halves.count == 2
      ? groups[0] + Array(repeating: 0, count: 8 - count) + groups[1] : groups[0]
    return all.reduce(0) { $0 << 16 | UInt128($1) }
  }

  /// The canonical form.
  package var text: String {
    if isVersion4 {
      return (0..<4).map { String(UInt8(truncatingIfNeeded: bits >> (24 - 8 * $0))) }
        .joined(separator: ".")
    }
    let groups = (0..<8).map { UInt16(truncatingIfNeeded: bits >> (112 - 16 * $0)) }
    // The longest run of two or more zero groups, the first of several, becomes `::`.
    var best = 0..<0
    var start = 0
    while start < 8 {
      var end = start
      while end < 8, groups[end] == 0 { end += 1 }
      if end - start > max(best.count, 1) { best = start..<end }
      start = max(end, start + 1)
    }
    func write(_ groups: ArraySlice<UInt16>) -> String {
      groups.map { String($0, radix: 16) }.joined(separator: ":")
    }
    return best.isEmpty
      ? write(groups[...])
      : write(groups[..<best.lowerBound]) + "::" + write(groups[best.upperBound...])
  }

  /// IPv4 for an IPv4-mapped IPv6 address (`::ffff:c0a8:1`), else the address.
  package var unmapped: IPAddress {
    !isVersion4 && bits >> 32 == 0xFFFF
      ? IPAddress(version4: UInt32(truncatingIfNeeded: bits)) : self
  }

  /// The address with the bits behind a prefix cleared.
  package func masked(_ prefix: Int) -> IPAddress {
    let mask: UInt128 = prefix == 0 ? 0 : ~UInt128(0) << (width - prefix)
    let kept = bits & mask & (isVersion4 ? 0xFFFF_FFFF : ~0)
    return isVersion4 ? IPAddress(version4: UInt32(kept)) : IPAddress(version6: kept)
  }

  package var isUnspecified: Bool { bits == 0 }
  package var isLoopback: Bool { isVersion4 ? bits >> 24 == 127 : bits == 1 }
  package var isMulticast: Bool { isVersion4 ? bits >> 28 == 0xE : bits >> 120 == 0xFF }
  package var isLinkLocalMulticast: Bool {
    isVersion4 ? bits >> 8 == 0xE00000 : bits >> 120 == 0xFF && (bits >> 112) & 0x0F == 2
  }
  package var isLinkLocalUnicast: Bool { isVersion4 ? bits >> 16 == 0xA9FE : bits >> 118 == 0x3FA }
  package var isGlobalUnicast: Bool {
    !(isUnspecified || isLoopback || isMulticast || isLinkLocalUnicast)
      && !(isVersion4 && bits == 0xFFFF_FFFF)
  }
}
