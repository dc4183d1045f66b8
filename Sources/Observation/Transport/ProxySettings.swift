/// The proxy that the environment names, as curl reads it: `HTTPS_PROXY`, `NO_PROXY`.
package struct ProxySettings: Sendable, Hashable {
  package struct Proxy: Sendable, Hashable {
    package let host: String
    package let port: Int
    /// User name and password of the proxy, if its URL has them.
    package let user: String?
    package let password: String?
  }

  package let proxy: Proxy?
  private let exceptions: [String]

  /// - Parameter environment: Upper and lower case names count, lower case first.
  package init(environment: [String: String]) {
    func value(_ name: String) -> String? {
      let found = environment[name.lowercased()] ?? environment[name]
      return found?.isEmpty == false ? found : nil
    }
    proxy = (value("HTTPS_PROXY") ?? value("ALL_PROXY")).flatMap(Self.parse)
    exceptions = (value("NO_PROXY") ?? "").split(separator: ",").map {
      String($0).trimmed.lowercased()
    }.filter { !$0.isEmpty }
  }

  /// The proxy for a host; nil when the host is asked directly.
  package func proxy(for address: Address) -> Proxy? {
    guard address.scheme == .https, !address.isLoopback else { return nil }
    let isException = exceptions.contains { exception in
      if exception == "*" { return true }
      let name =
        exception.hasPrefix("*.")
        ? exception.dropFirst(2)
        : exception.hasPrefix(".") ? exception.dropFirst() : exception[...]
      return address.host == name || address.host.hasSuffix("." + name) || address.authority == name
    }
    return isException ? nil : proxy
  }

  private static func parse(_ text: String) -> Proxy? {
    var rest = text[...]
    for scheme in ["http://", "https://"] where rest.hasPrefix(scheme) {
      rest = rest.dropFirst(scheme.count)
    }
    rest = rest.prefix { $0 != "/" }
    var user: String?
    var password: String?
    if let at = rest.lastIndex(of: "@") {
      let parts = rest[..<at].split(separator: ":", maxSplits: 1)
      user = parts.first.map { decoded($0) }
      password = parts.count > 1 ? decoded(parts[1]) : nil
      rest = rest[rest.index(after: at)...]
    }
    guard let (host, port) = Address.split(authority: rest) else { return nil }
    return Proxy(host: host, port: port ?? 3128, user: user, password: password)
  }

  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == 0x25, rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
