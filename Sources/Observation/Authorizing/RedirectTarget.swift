package import Posture

/// Where the vendor's page sends a person who has allowed access.
package enum RedirectTarget: Sendable, Hashable {
  /// A port of this machine, on which Plumb listens (RFC 8252, 7.3): `http://127.0.0.1:8912/`. Port 0 is any free one.
  case loopback(Address, port: Int)
  /// Anywhere else: the person copies the address, or the code, from there.
  case elsewhere(Address)
  /// Nowhere: the page shows the code.
  case none

  /// Where Plumb listens by default. Vendors ask for the exact address beforehand.
  package static let usual = "http://127.0.0.1:8912/"

  /// - Parameters:
  ///   - text: The address that the command line names; nil for ``usual``.
  ///   - isPasted: Whether the person brings the code.
  ///   - showsCode: Whether the vendor's page can show it.
  /// - Throws: ``Fault`` that says what is wrong with the text.
  package init(_ text: String?, isPasted: Bool, showsCode: Bool) throws(Fault) {
    if text == nil, isPasted, showsCode {
      self = .none
      return
    }
    let text = text ?? Self.usual
    // No port 0 in an address of requests: here it is any free one.
    let isAnyPort = text.hasPrefix("http://127.0.0.1:0/")
    guard
      let address = Address(
        isAnyPort ? "http://127.0.0.1/" + text.dropFirst("http://127.0.0.1:0/".count) : text),
      address.query == nil
    else {
      throw Fault(
        .misconfigured,
        "'\(text)' is no address to be led to: write \(Self.usual), or with --paste one of your own that begins with https://"
      )
    }
    if isPasted {
      guard address.scheme == .https || address.isLoopback else {
        throw Fault(
          .misconfigured,
          "'\(text)' would carry the code in the clear: write an address that begins with https://")
      }
      self = .elsewhere(address)
      return
    }
    guard address.scheme == .http, address.host == "127.0.0.1", isAnyPort || address.port != nil
    else {
      throw Fault(
        .misconfigured,
        "Plumb listens on this machine alone: '\(text)' is not http://127.0.0.1:PORT/; with --paste the address may be another's"
      )
    }
    self = .loopback(address, port: isAnyPort ? 0 : address.port ?? 0)
  }

  /// The `redirect_uri` that the vendor is told; nil for none.
  var uri: String? {
    switch self {
    case .loopback(let address, let port):
      "http://127.0.0.1:\(port)\(address.path)"
    case .elsewhere(let address): address.url
    case .none: nil
    }
  }
}
