package import Posture

/// A host that the command line names with `--allow-host`: credentials may go there although no
/// built-in connector declares it.
///
/// `idp.contoso.com`, `github.contoso.com:8443`, or `http://127.0.0.1:8080` for plain HTTP on the
/// loopback interface. `okta-eu=idp.contoso.com` allows it for one instance; without a name it is allowed
/// for every instance, whatever a pull request makes of them.
package struct AllowedHost: Sendable, Hashable {
  /// The only instance whose credentials may go there; nil for every one.
  package let instance: String?
  /// How the host is asked; `http` for the loopback interface alone.
  package let scheme: Address.Scheme
  /// In lower case.
  package let host: String
  /// Nil for the scheme's own.
  package let port: Int?

  /// - Throws: ``Fault`` that says what is wrong with the text.
  package init(_ text: String) throws(Fault) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let url = parts.last ?? ""
    instance = parts.count > 1 ? String(parts[0]) : nil
    let isPlain = url.hasPrefix("http://")
    let authority = isPlain ? url.dropFirst(7) : url.hasPrefix("https://") ? url.dropFirst(8) : url
    guard instance?.isEmpty != true, let (host, port) = Address.split(authority: authority) else {
      throw Fault(
        .misconfigured,
        "'\(text)' is no host: write idp.example.com, INSTANCE=idp.example.com for one instance alone, or http://127.0.0.1:8080 for plain HTTP here"
      )
    }
    guard !isPlain || Address.isLoopback(host) else {
      throw Fault(
        .misconfigured,
        "plain HTTP is for the loopback interface only: '\(text)' would send credentials in the clear"
      )
    }
    scheme = isPlain ? .http : .https
    self.host = host
    self.port = port
  }

  /// What the operator should know; nil where it is for one instance, or never leaves this machine.
  package var warning: String? {
    guard instance == nil, !Address.isLoopback(host) else { return nil }
    let authority = host + (port.map { ":\($0)" } ?? "")
    return
      "--allow-host \(authority) is for every instance: whoever may change the desired state can send any credential there; --allow-host INSTANCE=\(authority) is for one alone."
  }

  /// Whether the host is allowed for an instance. Without a port, only the scheme's own is.
  func covers(host: String, port: Int?, for instance: String) -> Bool {
    host == self.host && port == self.port && (self.instance ?? instance) == instance
  }
}
