/// What a remote's URL says, as far as credentials depend on it.
struct RemoteAddress {
  /// `https`, `http`, `ssh`, `git`, `file`; nil for a path.
  let scheme: String?
  let user: String?
  let hasPassword: Bool
  /// In lower case; nil for a path.
  let host: String?

  /// Reads a URL, the short form of SSH (`git@host:path`) or a path.
  init(_ text: String) {
    if let mark = text.firstRange(of: "://") {
      scheme = text[..<mark.lowerBound].lowercased()
      let authority = text[mark.upperBound...].prefix { !"/?#".contains($0) }
      (user, hasPassword, host) = Self.split(authority)
      return
    }
    let head = text.prefix { $0 != ":" && $0 != "/" }
    if head.endIndex < text.endIndex, text[head.endIndex] == ":" {
      scheme = "ssh"
      (user, hasPassword, host) = Self.split(head)
      return
    }
    (scheme, user, hasPassword, host) = (nil, nil, false, nil)
  }

  /// Whether a password travels unseen: TLS, or not beyond this machine.
  var isPrivate: Bool {
    guard scheme == "http" else { return scheme == "https" }
    return ["localhost", "127.0.0.1", "[::1]"].contains(host)
  }

  private static func split(_ authority: Substring) -> (String?, Bool, String?) {
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
    if rest.hasPrefix("["), let end = rest.firstIndex(of: "]") {
      rest = rest[...end]
    } else {
      rest = rest.prefix { $0 != ":" }
    }
    return (user?.isEmpty == true ? nil : user, hasPassword, rest.isEmpty ? nil : rest.lowercased())
  }
}
