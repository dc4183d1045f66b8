internal import Text

/// What a remote's URL says, as far as credentials depend on it.
public struct RemoteAddress: Hashable, Sendable {
  /// `https`, `http`, `ssh`, `git`, `file`; nil for a path.
  public let scheme: String?
  /// The user's name, as it is written; nil where there is none.
  public let user: String?
  /// Whether a password stands in the URL.
  public let hasPassword: Bool
  /// In lower case, an IPv6 address in brackets; nil for a path.
  public let host: String?
  /// The port, where the URL names one.
  public let port: Int?

  /// Reads a URL, the short form of SSH (`git@host:path`) or a path.
  public init(_ text: String) {
    if let mark = text.firstRange(of: "://") {
      scheme = text[..<mark.lowerBound].lowercased()
      let authority = text[mark.upperBound...].prefix { !"/?#".contains($0) }
      (user, hasPassword, host, port) = Self.split(authority)
      return
    }
    let head = text.prefix { $0 != ":" && $0 != "/" }
    if head.endIndex < text.endIndex, text[head.endIndex] == ":" {
      scheme = "ssh"
      (user, hasPassword, host, port) = Self.split(head)
      return
    }
    (scheme, user, hasPassword, host, port) = (nil, nil, false, nil, nil)
  }

  /// Whether a password travels unseen: TLS, or not beyond this machine.
  public var isPrivate: Bool {
    guard scheme == "http" else { return scheme == "https" }
    return ["localhost", "127.0.0.1", "[::1]"].contains(host)
  }

  /// Host and port as they are written.
  var authority: String { (host ?? "") + (port.map { ":\($0)" } ?? "") }

  /// The host as it is connected to: an IPv6 address without its brackets.
  var connectedHost: String {
    guard let host, host.hasPrefix("["), host.hasSuffix("]") else { return host ?? "" }
    return String(host.dropFirst().dropLast())
  }

  /// The port as it is connected to: the scheme's own where the URL names none.
  var connectedPort: String {
    port.map(String.init)
      ?? ["https": "443", "http": "80", "ssh": "22", "git": "9418"][scheme ?? ""] ?? ""
  }

  /// Whether both are the same host and, where they speak alike, the same port: what is reached over SSH
  /// may be reached over HTTPS.
  func isSamePlace(as other: RemoteAddress) -> Bool {
    func port(_ address: RemoteAddress) -> Int? {
      address.port ?? ["https": 443, "http": 80, "ssh": 22][address.scheme ?? ""]
    }
    return host == other.host && (scheme != other.scheme || port(self) == port(other))
  }

  /// A folder of this machine that the text names; nil for what is reached over a network.
  static func folder(_ text: String) -> String? {
    let address = RemoteAddress(text)
    guard address.scheme != nil else { return text }
    guard address.scheme == "file", let mark = text.firstRange(of: "://") else { return nil }
    let path = text[mark.upperBound...].drop { $0 != "/" }
    return PercentEncoding.decoded(path)
  }

  private static func split(
    _ authority: Substring
  ) -> (user: String?, hasPassword: Bool, host: String?, port: Int?) {
    var user: String?
    var hasPassword = false
    var rest = authority
    if let at = authority.lastIndex(of: "@") {
      let information = authority[..<at]
      let colon = information.firstIndex(of: ":")
      user = String(information[..<(colon ?? information.endIndex)])
      hasPassword = colon != nil
      rest = authority[authority.index(after: at)...]
    }
    var host = rest.prefix { $0 != ":" }
    if rest.hasPrefix("["), let end = rest.firstIndex(of: "]") { host = rest[...end] }
    let port = Int(rest[host.endIndex...].dropFirst())
    return (
      user?.isEmpty == true ? nil : user, hasPassword, host.isEmpty ? nil : host.lowercased(), port
    )
  }
}
