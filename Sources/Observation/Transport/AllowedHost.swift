package import Posture

/// A host that the command line names with `--allow-host`: credentials may go there although no
/// built-in connector declares it.
///
/// `idp.contoso.com`, `github.contoso.com:8443`, or `http://127.0.0.1:8080` for plain HTTP on the
/// loopback interface.
package struct AllowedHost: Sendable, Hashable {
  package let scheme: Address.Scheme
  package let host: String
  package let port: Int?

  /// - Throws: ``ObservationFault`` that says what is wrong with the text.
  package init(_ text: String) throws(ObservationFault) {
    let isPlain = text.hasPrefix("http://")
    let authority =
      isPlain ? text.dropFirst(7) : text.hasPrefix("https://") ? text.dropFirst(8) : text[...]
    guard let (host, port) = Address.split(authority: authority) else {
      throw ObservationFault(
        "'\(text)' is no host: write idp.example.com, or http://127.0.0.1:8080 for plain HTTP here")
    }
    guard !isPlain || Address.isLoopback(host) else {
      throw ObservationFault(
        "plain HTTP is for the loopback interface only: '\(text)' would send credentials in the clear"
      )
    }
    scheme = isPlain ? .http : .https
    self.host = host
    self.port = port
  }

  /// Whether an address is meant. Without a port, only the scheme's own is.
  func covers(host: String, port: Int?) -> Bool { host == self.host && port == self.port }
}
