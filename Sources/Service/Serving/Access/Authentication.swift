#if Service
internal import Hummingbird
internal import Text

/// Who may look, and how that is proved.
package enum Authentication: Sendable {
  /// Whoever reaches the port.
  ///
  /// - Parameter isLocal: Whether the port is this machine's alone. Then only its own names are answered to: a page of another
  ///   site that has its name point here (DNS rebinding) reads nothing.
  case open(isLocal: Bool)
  /// Whoever has a token, as a bearer's or as the password of any user.
  case tokens(AccessTokens)
  /// Whoever a signed token of a proxy names, in `Authorization` or in a header field of its own.
  case proxyTokens(ProxyTokens, header: String?)
  /// Whoever a proxy names in a header field; only from addresses of the proxy's, or over a Unix socket.
  case proxyHeader(name: String, proxies: [AddressRange])

  /// Who looks.
  struct Visitor: Sendable, Equatable {
    let name: String
  }

  /// Why nobody may look.
  struct Refusal: Error, Equatable {
    let status: Int
    let detail: String
    /// Whether a browser is to ask for a token.
    var asksForToken = false
  }

  /// Where a request comes from.
  enum Peer: Sendable, Equatable {
    case address(String)
    /// A process of this machine that may open the socket's file.
    case socket
  }

  /// - Throws: ``Refusal``; nothing of it says how near a wrong token is to a right one.
  func visitor(of request: HTTPRequest, from peer: Peer) async throws(Refusal) -> Visitor {
    switch self {
    case .open(let isLocal):
      if isLocal, !Self.isLocal(request.authority) {
        throw Refusal(status: 421, detail: "This port answers to names of its own machine alone.")
      }
      return Visitor(name: "anybody")
    case .tokens(let tokens):
      let token = try Self.token(in: request, allowsBasic: true)
      guard let owner = token.flatMap(tokens.owner) else {
        throw Refusal(status: 401, detail: "A token is wanted.", asksForToken: true)
      }
      return Visitor(name: owner)
    case .proxyTokens(let tokens, let header):
      let token =
        if let header { try Self.only(header, in: request) } else {
          try Self.token(in: request, allowsBasic: false)
        }
      guard let token, let name = await tokens.subject(of: token) else {
        throw Refusal(status: 401, detail: "A token that the proxy's issuer signed is wanted.")
      }
      return Visitor(name: name)
    case .proxyHeader(let header, let proxies):
      if case .address(let address) = peer, !proxies.contains(where: { $0.contains(address) }) {
        throw Refusal(status: 403, detail: "Only the proxy may ask.")
      }
      guard let name = try Self.only(header, in: request), Self.isName(name) else {
        throw Refusal(status: 401, detail: "The proxy names nobody.")
      }
      return Visitor(name: name)
    }
  }

  // MARK: Header fields

  /// A field that may stand once: a second one, or one that a gateway takes for it (`X_User` for `X-User`), may be the visitor's
  /// own.
  private static func only(
    _ name: String, in request: HTTPRequest
  ) throws(Refusal) -> String? {
    let wanted = name.lowercased()
    var found: String?
    for field in request.headerFields {
      let own = field.name.canonicalName
      guard own.replacing("_", with: "-") == wanted.replacing("_", with: "-") else { continue }
      guard own == wanted, found == nil else {
        throw Refusal(status: 400, detail: "The header field \(name) may stand once.")
      }
      found = field.value
    }
    return found
  }

  /// A name as proxies write one: no list, no control character.
  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 256
      && !text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7f || $0 == "," }
  }

  private static func token(
    in request: HTTPRequest, allowsBasic: Bool
  ) throws(Refusal) -> String? {
    guard let value = try only("authorization", in: request) else { return nil }
    let words = value.split(separator: " ", maxSplits: 1)
    guard words.count == 2 else { return nil }
    let credential = words[1].drop { $0 == " " }
    switch words[0].lowercased() {
    case "bearer": return String(credential)
    case "basic" where allowsBasic:
      guard let pair = BasicCredential.decoded(credential) else { return nil }
      return pair.firstIndex(of: ":").map { String(pair[pair.index(after: $0)...]) }
    default: return nil
    }
  }

  // MARK: Names of this machine

  private static func isLocal(_ authority: String?) -> Bool {
    guard let authority else { return false }
    if authority == "[::1]" || authority.hasPrefix("[::1]:") { return true }
    let host = authority.prefix { $0 != ":" }.lowercased()
    return host == "localhost" || host.hasSuffix(".localhost")
      || ListenAddress(host: host, port: 0).isLoopback
  }
}
#endif
