internal import Text

/// An absolute `http:` or `https:` URL (RFC 3986), taken apart as far as safety needs.
///
/// User names, control characters, blanks and malformed hosts are refused, so that no two readers can
/// disagree about the host. A fragment is dropped.
package struct Address: Sendable, Hashable {
  /// The schemes of addresses that may be asked.
  package enum Scheme: String, Sendable { case http, https }

  /// How the host is asked.
  package private(set) var scheme: Scheme
  /// In lower case; an IPv6 address stands in brackets.
  package let host: String
  /// Nil for the scheme's own, 80 or 443.
  package private(set) var port: Int?
  /// Begins with `/`; percent-encoded.
  package let path: String
  /// Without the `?`; percent-encoded. Nil where there is none.
  package var query: String?

  /// - Returns: Nil for a text that is no such URL.
  package init?(_ text: String) {
    let bytes = text.utf8
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
      let scheme = Scheme(rawValue: text[..<colon].lowercased()),
      bytes[colon...].starts(with: "://".utf8),
      bytes.allSatisfy({
        $0 > 0x20 && $0 < 0x7F && $0 != 0x5C && $0 != 0x22 && $0 != 0x3C && $0 != 0x3E
      })
    else { return nil }
    let rest = bytes[bytes.index(colon, offsetBy: 3)...].prefix { $0 != UInt8(ascii: "#") }
    let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
    guard let (host, port) = Self.split(authority: Substring(authority)) else { return nil }
    let tail = rest[authority.endIndex...]
    let path = tail.prefix { $0 != UInt8(ascii: "?") }
    self.scheme = scheme
    self.host = host
    self.port = port == scheme.port ? nil : port
    self.path = path.isEmpty ? "/" : String(Substring(path))
    query =
      path.endIndex < tail.endIndex ? String(Substring(tail[path.endIndex...].dropFirst())) : nil
  }

  /// Host and port of `host`, `host:8080`, `[::1]:8080`; nil when it is none of these.
  static func split(authority: Substring) -> (host: String, port: Int?)? {
    let bytes = authority.utf8
    var name = authority
    var port: Int?
    if let colon = bytes.lastIndex(of: UInt8(ascii: ":")),
      !bytes[colon...].contains(UInt8(ascii: "]"))
    {
      guard let number = Int(authority[bytes.index(after: colon)...]),
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
    let bytes = name.utf8
    return bytes.count <= 253
      && bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy {
        label in
        (1...63).contains(label.count) && label.first != UInt8(ascii: "-")
          && label.last != UInt8(ascii: "-")
          && label.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45
          }
      }
  }

  /// The same address, asked over another scheme.
  func over(_ scheme: Scheme) -> Address {
    var result = self
    result.scheme = scheme
    result.port = port == scheme.port ? nil : port
    return result
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
