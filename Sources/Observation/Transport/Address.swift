internal import Text

/// An absolute `http:` or `https:` URL (RFC 3986), taken apart as far as safety needs.
///
/// User names, control characters, blanks and malformed hosts are refused, so that no two readers can
/// disagree about the host. A fragment is dropped.
package struct Address: Sendable, Hashable {
  /// The schemes of addresses that may be asked.
  package enum Scheme: String, Sendable { case http, https }

  /// How the host is asked.
  package let scheme: Scheme
  /// In lower case; an IPv6 address stands in brackets.
  package let host: String
  /// Nil for the scheme's own, 80 or 443.
  package let port: Int?
  /// Begins with `/`; percent-encoded.
  package let path: String
  /// Without the `?`; percent-encoded. Nil where there is none.
  package var query: String?

  /// - Returns: Nil for a text that is no such URL.
  package init?(_ text: String) {
    guard let colon = text.firstIndex(of: ":"),
      let scheme = Scheme(rawValue: text[..<colon].lowercased()),
      text[colon...].hasPrefix("://"),
      text.utf8.allSatisfy({
        $0 > 0x20 && $0 < 0x7F && $0 != 0x5C && $0 != 0x22 && $0 != 0x3C && $0 != 0x3E
      })
    else { return nil }
    let rest = text[text.index(colon, offsetBy: 3)...].prefix { $0 != "#" }
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    guard let (host, port) = Self.split(authority: authority) else { return nil }
    let tail = rest.dropFirst(authority.count)
    let path = tail.prefix { $0 != "?" }
    self.scheme = scheme
    self.host = host
    self.port = port == scheme.port ? nil : port
    self.path = path.isEmpty ? "/" : String(path)
    query = tail.count > path.count ? String(tail.dropFirst(path.count + 1)) : nil
  }

  /// Host and port of `host`, `host:8080`, `[::1]:8080`; nil when it is none of these.
  static func split(authority: Substring) -> (host: String, port: Int?)? {
    var name = authority
    var port: Int?
    if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
      guard let number = Int(authority[authority.index(after: colon)...]),
        (1...65_535).contains(number)
      else { return nil }
      port = number
      name = authority[..<colon]
    }
    guard isHost(name) else { return nil }
    return (name.lowercased(), port)
  }

  private static func isHost(_ name: Substring) -> Bool {
    if name.hasPrefix("[") {
      return name.hasSuffix("]") && name.count > 3
        && name.dropFirst().dropLast().allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
    }
    return name.utf8.count <= 253
      && name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
        (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
          && label.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45
          }
      }
  }

  /// What a link in an answer means: a whole URL, or a path of the same host. Nil when it is no
  /// URL.
  package func resolving(_ link: String) -> Address? {
    if link.hasPrefix("//") { return Address("\(scheme.rawValue):\(link)") }
    if link.hasPrefix("/") { return Address("\(root)\(link)") }
    if link.hasPrefix("?") { return Address("\(root)\(path)\(link)") }
    return Address(link)
  }

  /// The same address with one query parameter set. It replaces those of its name, and stands
  /// behind the others.
  package func setting(_ name: String, to value: String) -> Address {
    let encoded = PercentEncoding.encoded(name)
    var parameters = (query ?? "").split(separator: "&").map(String.init).filter { parameter in
      let key = parameter.prefix { $0 != "=" }
      return key != encoded && key != name
    }
    parameters.append("\(encoded)=\(PercentEncoding.encoded(value))")
    var result = self
    result.query = parameters.joined(separator: "&")
    return result
  }

  /// `host` or `host:port`.
  package var authority: String { port.map { "\(host):\($0)" } ?? host }

  /// Whether the other address is served by the same host, port and scheme.
  package func hasSameOrigin(as other: Address) -> Bool {
    scheme == other.scheme && host == other.host && port == other.port
  }

  /// Whether the host is this machine: `localhost`, `127.0.0.0/8`, `::1`.
  package var isLoopback: Bool { Self.isLoopback(host) }

  /// - Parameter host: As in a URL: an IPv6 address stands in brackets.
  package static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  private var root: String { "\(scheme.rawValue)://\(authority)" }

  /// The whole URL: what is asked for, and never what is told, as a query may hold a cursor.
  package var url: String { root + path + (query.map { "?\($0)" } ?? "") }
}

extension Address.Scheme {
  fileprivate var port: Int { self == .http ? 80 : 443 }
}

extension Address: CustomStringConvertible {
  /// The URL without its query.
  package var description: String { root + path }
}
