internal import Posture

/// Which hosts an instance's requests may go to, and so where its credentials may.
///
/// Desired state is untrusted: a parameter may only choose among the hosts that the built-in connector
/// declares, and links in answers stay among those that the instance's own requests go to.
struct HostPolicy: Sendable {
  /// Host and port, with the scheme that must be used.
  private let origins: [String: Address.Scheme]
  private let connector: String

  /// - Throws: ``ObservationFault`` that names the first host that is not allowed.
  init(
    _ addresses: [Address], connector: Connector, allowed: [AllowedHost]
  ) throws(ObservationFault) {
    var origins: [String: Address.Scheme] = [:]
    for address in addresses {
      if let named = allowed.first(where: { $0.covers(host: address.host, port: address.port) }) {
        origins[address.authority] = named.scheme
      } else if connector.origin == .catalog, address.port == nil,
        connector.hosts.contains(where: { $0.matches(address.host) })
      {
        origins[address.authority] = .https
      } else {
        throw Self.fault(address, connector)
      }
    }
    self.origins = origins
    self.connector = connector.name
  }

  private static func fault(_ address: Address, _ connector: Connector) -> ObservationFault {
    let declared = connector.hosts.map(\.description).joined(separator: ", ")
    let reason =
      switch connector.origin {
      case .desiredState:
        "the connector '\(connector.name)' comes from the repository, so its hosts must be allowed"
      case .catalog where address.isLoopback:
        "connector '\(connector.name)' declares \(declared)"
      case .catalog:
        "connector '\(connector.name)' declares \(declared.isEmpty ? "no hosts" : declared)"
      }
    let hint = address.isLoopback ? "http://\(address.authority)" : address.authority
    return ObservationFault(
      "no credentials are sent to \(address.authority): \(reason); allow it with --allow-host \(hint)")
  }

  /// The address as it may be asked for; nil when it may not.
  ///
  /// A host that was allowed with `http://` is asked in plain HTTP; no other ever is.
  func permitted(_ address: Address) -> Address? {
    guard let scheme = origins[address.authority] else { return nil }
    if address.scheme == scheme { return address }
    // An answer cannot make a request leave TLS; the command line alone can.
    guard scheme == .http else { return nil }
    return Address("http" + address.url.dropFirst("https".count))
  }
}
