#if Service
internal import Observation

/// Where a server listens: a host and a port, as `--listen` and `--admin` name them.
package struct ListenAddress: Sendable, Equatable, CustomStringConvertible {
  /// An IP address or a name, without brackets.
  package let host: String
  /// 0 has the system choose one.
  package let port: Int

  package init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Reads `HOST:PORT`; IPv6 addresses stand in brackets, as in an address of the web (RFC 3986, section 3.2.2).
  ///
  /// nil where it is none: no host, no port, or a port beyond 65,535.
  package init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    let digits = text[text.index(after: colon)...]
    var host = text[..<colon]
    guard let port = Int(digits), digits.allSatisfy(\.isNumber), (0...65_535).contains(port)
    else { return nil }
    if host.hasPrefix("[") {
      guard host.hasSuffix("]"), host.contains(":") else { return nil }
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      return nil
    }
    guard !host.isEmpty, !host.contains(where: { $0.isWhitespace || $0 == "/" }) else {
      return nil
    }
    self.init(host: String(host), port: port)
  }

  /// Whether only this machine can reach it: 127.0.0.0/8, ::1, or `localhost`.
  package var isLoopback: Bool { Address.isLoopback(hostOfURL) }

  private var hostOfURL: String { host.contains(":") ? "[\(host)]" : host }

  package var description: String { "\(hostOfURL):\(port)" }
}
#endif
