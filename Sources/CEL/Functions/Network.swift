internal import Text

/// IP addresses and ranges: the extension "Network", as in Kubernetes' CEL libraries.
extension FunctionDefinition {
  static let network: [FunctionDefinition] =
    [
      FunctionDefinition(
        "ip", .network, ["(string) -> net.IP", "net.CIDR.() -> net.IP"],
        .unary { (value, frame) throws(Fault) in
          if case .network(let box) = value, box.prefix != nil {
            return .network(NetworkBox(address: box.address))
          }
          guard let text = try frame.text(value) else { throw .noOverload("ip", value) }
          return .network(try address(text))
        }),
      FunctionDefinition("isIP", .network, ["(string) -> bool"], .unary(isIP)),
      FunctionDefinition(
        "ip.isCanonical", .network, ["(string) -> bool"],
        .unary { (value, frame) throws(Fault) in
          guard let text = try frame.text(value) else { throw .noOverload("ip.isCanonical", value) }
          return .bool(try address(text).address.text == text)
        }),
      FunctionDefinition(
        "cidr", .network, ["(string) -> net.CIDR"],
        .unary { (value, frame) throws(Fault) in
          guard let text = try frame.text(value) else { throw .noOverload("cidr", value) }
          return .network(try range(text))
        }),
      FunctionDefinition(
        "isCIDR", .network, ["(string) -> bool"],
        .unary { (value, frame) throws(Fault) in
          guard let text = try frame.text(value) else { throw .noOverload("isCIDR", value) }
          return .bool((try? range(text)) != nil)
        }),
      FunctionDefinition(
        "prefixLength", .network, ["net.CIDR.() -> int"],
        .unary { (value, _) throws(Fault) in
          guard case .network(let box) = value, let prefix = box.prefix else {
            throw .noOverload("prefixLength", value)
          }
          return .int(Int64(prefix))
        }),
      FunctionDefinition(
        "masked", .network, ["net.CIDR.() -> net.CIDR"],
        .unary { (value, _) throws(Fault) in
          guard case .network(let box) = value, let prefix = box.prefix else {
            throw .noOverload("masked", value)
          }
          return .network(NetworkBox(address: box.address.masked(prefix), prefix: prefix))
        }),
      FunctionDefinition(
        "containsIP", .network, ["net.CIDR.(net.IP) -> bool", "net.CIDR.(string) -> bool"],
        .binary { (value, other, frame) throws(Fault) in
          guard case .network(let range) = value, let prefix = range.prefix else {
            throw .noOverload("containsIP", value, other)
          }
          let box: NetworkBox
          if case .network(let given) = other, given.prefix == nil {
            box = given
          } else if let text = try frame.text(other) {
            box = try address(text)
          } else {
            throw .noOverload("containsIP", value, other)
          }
          return .bool(contains(range.address, prefix, box.address))
        }),
      FunctionDefinition(
        "containsCIDR", .network, ["net.CIDR.(net.CIDR) -> bool", "net.CIDR.(string) -> bool"],
        .binary { (value, other, frame) throws(Fault) in
          guard case .network(let outer) = value, let prefix = outer.prefix else {
            throw .noOverload("containsCIDR", value, other)
          }
          let box: NetworkBox
          if case .network(let given) = other, given.prefix != nil {
            box = given
          } else if let text = try frame.text(other) {
            box = try range(text)
          } else {
            throw .noOverload("containsCIDR", value, other)
          }
          let inner = box.prefix ?? 0
          return .bool(
            inner >= prefix && contains(outer.address, prefix, box.address.masked(inner)))
        }),
    ] + properties

  private static let properties: [FunctionDefinition] = [
    property("family", "int") { .int($0.isVersion4 ? 4 : 6) },
    property("isUnspecified", "bool") { .bool($0.isUnspecified) },
    property("isLoopback", "bool") { .bool($0.isLoopback) },
    property("isLinkLocalMulticast", "bool") { .bool($0.isLinkLocalMulticast) },
    property("isLinkLocalUnicast", "bool") { .bool($0.isLinkLocalUnicast) },
    property("isGlobalUnicast", "bool") { .bool($0.isGlobalUnicast) },
  ]

  private static func property(
    _ name: String, _ type: String, _ read: @escaping @Sendable (IPAddress) -> Cell
  ) -> FunctionDefinition {
    FunctionDefinition(
      name, .network, ["net.IP.() -> \(type)"],
      .unary { (value, _) throws(Fault) in
        guard case .network(let box) = value, box.prefix == nil else {
          throw .noOverload(name, value)
        }
        return read(box.address)
      })
  }

  private static func isIP(_ value: Cell, _ frame: inout Frame) throws(Fault) -> Cell {
    guard let text = try frame.text(value) else { throw .noOverload("isIP", value) }
    return .bool(IPAddress(text) != nil)
  }

  private static func address(_ text: String) throws(Fault) -> NetworkBox {
    guard let address = IPAddress(text) else {
      let shown = String(text.prefix(60))
      throw Fault(.invalidArgument, "'\(shown)' is not an IP address")
    }
    return NetworkBox(address: address)
  }

  private static func range(_ text: String) throws(Fault) -> NetworkBox {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = IPAddress(String(parts[0])),
      (1...3).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy({ Lexer.isDigit($0) }),
      parts[1].utf8.count == 1 || parts[1].utf8.first != UInt8(ascii: "0"),
      let prefix = Int(parts[1]), prefix <= address.width
    else {
      let shown = String(text.prefix(60))
      throw Fault(.invalidArgument, "'\(shown)' is not an IP range")
    }
    return NetworkBox(address: address, prefix: prefix)
  }

  private static func contains(_ network: IPAddress, _ prefix: Int, _ address: IPAddress) -> Bool {
    let address = address.unmapped
    return network.isVersion4 == address.isVersion4
      && network.masked(prefix) == address.masked(prefix)
  }
}
