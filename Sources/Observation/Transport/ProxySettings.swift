internal import Posture
internal import Text

/// The proxy that the environment names, as curl reads it: `HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`.
///
/// `HTTP_PROXY` changes nothing: plain HTTP goes to this machine only, and never through a proxy.
package struct ProxySettings: Sendable, Hashable {
  /// A proxy that is asked in plain HTTP.
  package struct Proxy: Sendable, Hashable {
    /// In lower case.
    package let host: String
    /// As its URL has it; 3128 where it has none.
    package let port: Int
    /// The user's name; nil where the URL has none.
    package let user: String?
    /// Nil where the URL has none.
    package let password: String?
  }

  /// The proxy; nil where the environment names none, or none that can be used.
  package let proxy: Proxy?
  /// What is wrong with the variable, nil where nothing is. It tells nothing of the value, which
  /// may hold a password.
  package let fault: String?
  private let exceptions: [String]

  /// - Parameter environment: Lower-case names count before upper-case ones.
  package init(environment: [String: String]) {
    func variable(_ name: String) -> (name: String, value: String)? {
      // No loop over the two: the compiler unrolls it one way or another, and a release would not be the same twice.
      let lower = name.lowercased()
      if let value = environment[lower] { return value.isEmpty ? nil : (lower, value) }
      return environment[name].flatMap { $0.isEmpty ? nil : (name, $0) }
    }
    let chosen = variable("HTTPS_PROXY") ?? variable("ALL_PROXY")
    proxy = chosen.flatMap { Self.parse($0.value) }
    fault =
      proxy == nil
      ? chosen.map {
        "\($0.name) is no URL of a proxy; one looks like http://proxy.example.com:3128"
      }
      : nil
    exceptions = (variable("NO_PROXY")?.value ?? "").split(separator: ",").map {
      String($0).trimmed.lowercased()
    }.filter { !$0.isEmpty }
  }

  /// Makes the proxy's password known to a gate.
  ///
  /// - Throws: ``Fault`` when it is too short to be masked.
  func enter(_ gate: SecretGate) throws(Fault) {
    guard let password = proxy?.password, !password.isEmpty else { return }
    guard password.utf8.count >= SecretGate.shortest else {
      throw Fault(
        .misconfigured,
        "the proxy's password in the environment has fewer than \(SecretGate.shortest) characters: so short a secret cannot be masked, and is not used; choose a longer one"
      )
    }
    gate.add([password])
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

  /// `http://user:password@host:port`; a proxy that is itself asked over TLS or SOCKS is none that can
  /// be used.
  private static func parse(_ text: String) -> Proxy? {
    var rest = text[...]
    if let end = text.firstRange(of: "://") {
      guard text[..<end.lowerBound].lowercased() == "http" else { return nil }
      rest = text[end.upperBound...]
    }
    rest = rest.prefix { $0 != "/" }
    var user: String?
    var password: String?
    if let at = rest.lastIndex(of: "@") {
      let parts = rest[..<at].split(separator: ":", maxSplits: 1)
      user = parts.first.map { PercentEncoding.decoded($0) }
      password = parts.count > 1 ? PercentEncoding.decoded(parts[1]) : nil
      rest = rest[rest.index(after: at)...]
    }
    guard let (host, port) = Address.split(authority: rest) else { return nil }
    return Proxy(host: host, port: port ?? 3128, user: user, password: password)
  }
}
