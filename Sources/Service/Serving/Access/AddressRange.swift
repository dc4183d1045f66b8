#if Service
/// A range of addresses as `--trusted-proxy` names it: `10.0.0.0/8`, `fd00::/8`, or one address.
package struct AddressRange: Sendable, Hashable {
  private let bytes: [UInt8]
  private let bits: Int

  /// nil for what is no range.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard (1...2).contains(parts.count), let bytes = Self.bytes(of: parts[0]) else { return nil }
    let most = bytes.count * 8
    guard parts.count == 2 else {
      self.bytes = bytes
      bits = most
      return
    }
    guard let bits = Int(parts[1]), (0...most).contains(bits), parts[1].allSatisfy(\.isNumber)
    else { return nil }
    self.bytes = bytes
    self.bits = bits
  }

  /// Whether an address is in it; a text that is none is in no range.
  func contains(_ address: String) -> Bool {
    guard let other = Self.bytes(of: address), other.count == bytes.count else { return false }
    let whole = bits / 8
    guard bytes[..<whole] == other[..<whole] else { return false }
    guard bits % 8 > 0 else { return true }
    let mask = ~UInt8(0) << UInt8(8 - bits % 8)
    return bytes[whole] & mask == other[whole] & mask
  }

  // MARK: Addresses as bytes

  /// Four bytes, or sixteen; an IPv4 address inside IPv6 is the IPv4 address.
  static func bytes(of text: String) -> [UInt8]? {
    if !text.contains(":") { return ipv4(text) }
    guard let bytes = ipv6(text.prefix { $0 != "%" }) else { return nil }
    let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10..<12] == [255, 255]
    return isMapped ? Array(bytes[12...]) : bytes
  }

  private static func ipv4(_ text: some StringProtocol) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bytes: [UInt8] = []
    for part in parts {
      guard part.allSatisfy(\.isNumber), part == "0" || !part.hasPrefix("0"),
        let byte = UInt8(part)
      else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

  /// RFC 4291, section 2.2.
  private static func ipv6(_ text: Substring) -> [UInt8]? {
    var halves: [[UInt8]] = []
    let sides = text.split(separator: "::", omittingEmptySubsequences: false)
    guard (1...2).contains(sides.count) else { return nil }
    for side in sides {
      var bytes: [UInt8] = []
      let groups = side.isEmpty ? [] : side.split(separator: ":", omittingEmptySubsequences: false)
      for (index, group) in groups.enumerated() {
        if group.contains("."), index + 1 == groups.count {
          guard let last = ipv4(group) else { return nil }
          bytes += last
        } else {
          guard (1...4).contains(group.count), let value = UInt16(group, radix: 16),
            group.first != "+", group.first != "-"
          else { return nil }
          bytes += [UInt8(value >> 8), UInt8(value & 255)]
        }
      }
      halves.append(bytes)
    }
    let count = halves.reduce(0) { $0 + $1.count }
    if sides.count == 1 { return count == 16 ? halves[0] : nil }
    guard count <= 14 else { return nil }
    return halves[0] + Array(repeating: 0, count: 16 - count) + halves[1]
  }
}
#endif
