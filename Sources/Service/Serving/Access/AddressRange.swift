#if Service
internal import Text

/// A range of addresses as `--trusted-proxy` names it: `10.0.0.0/8`, `fd00::/8`, or one address.
package struct AddressRange: Sendable, Hashable {
  private let network: IPAddress
  private let bits: Int

  /// nil for what is no range.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard (1...2).contains(parts.count), let address = Self.address(parts[0]) else { return nil }
    guard parts.count == 2 else {
      network = address
      bits = address.width
      return
    }
    guard let bits = Int(parts[1]), (0...address.width).contains(bits),
      parts[1].allSatisfy(\.isNumber)
    else { return nil }
    network = address.masked(bits)
    self.bits = bits
  }

  /// Whether an address is in it; a text that is none is in no range.
  func contains(_ address: String) -> Bool {
    guard let other = Self.address(address) else { return false }
    return other.width == network.width && other.masked(bits) == network
  }

  /// An address as systems write that of a peer: behind `%` its zone may stand, and the end of an IPv6 address may be an IPv4
  /// address (RFC 4291, section 2.2). An IPv4 address inside IPv6 is the IPv4 address.
  private static func address(_ text: String) -> IPAddress? {
    guard text.contains(":") else { return IPAddress(text) }
    let bare = text.prefix { $0 != "%" }
    guard let colon = bare.lastIndex(of: ":"), bare[colon...].contains(".") else {
      return IPAddress(String(bare))?.unmapped
    }
    guard let end = IPAddress(String(bare[bare.index(after: colon)...])) else { return nil }
    let groups = [end.bits >> 16, end.bits & 0xFFFF].map { String($0, radix: 16) }
    return IPAddress(bare[...colon] + groups.joined(separator: ":"))?.unmapped
  }
}
#endif
