internal import Connectors
internal import Posture

/// Which hosts an instance's requests may go to, and so where its credentials may.
///
/// Desired state is untrusted: a parameter may only choose among the hosts that the built-in connector
/// declares, and links in answers stay among those that the instance's own requests go to.
struct HostPolicy: Sendable {
  /// Host and port, with the scheme that must be used.
  private let origins: [String: Address.Scheme]
  /// Why hosts that only single collections need are not asked.
  private let refused: [String: String]

  /// - Parameters:
  ///   - main: The addresses without which the instance cannot be read.
  ///   - others: The addresses that single collections need.
  ///   - bound: The only hosts that the credentials may be sent to; empty for no such bound.
  /// - Throws: ``Fault`` that names the first main host that is not allowed.
  init(
    main: [Address], others: [Address], connector: Connector, instance: String,
    allowed: [AllowedHost], boundTo bound: [String]
  ) throws(Fault) {
    var origins: [String: Address.Scheme] = [:]
    var refused: [String: String] = [:]
    for address in main + others {
      let authority = address.authority
      if !bound.isEmpty, !bound.contains(address.host), !bound.contains(authority) {
        refused[authority] =
          "the credentials are bound to \(bound.joined(separator: ", ")) and are not sent to \(authority)"
      } else if let named = allowed.first(where: {
        $0.covers(host: address.host, port: address.port, for: instance)
      }) {
        origins[authority] = named.scheme
      } else if connector.origin == .catalog, address.port == nil,
        connector.hosts.contains(where: { $0.matches(address.host) })
      {
        origins[authority] = .https
      } else {
        refused[authority] = Self.reason(address, connector, instance)
      }
    }
    if let message = main.compactMap({ refused[$0.authority] }).first {
      throw Fault(.misconfigured, message)
    }
    self.origins = origins
    self.refused = refused
  }

  /// One place alone, that of a service beside the vendor.
  init(only address: Address) {
    origins = [address.authority: address.scheme]
    refused = [:]
  }

  private static func reason(
    _ address: Address, _ connector: Connector, _ instance: String
  ) -> String {
    let declared = connector.hosts.map(\.description).joined(separator: ", ")
    let reason =
      switch connector.origin {
      case .desiredState:
        "the connector '\(connector.name)' comes from the repository, so its hosts must be allowed"
      case .catalog:
        "connector '\(connector.name)' declares \(declared.isEmpty ? "no hosts" : declared)"
      }
    let hint = address.isLoopback ? "http://\(address.authority)" : address.authority
    return
      "no credentials are sent to \(address.authority): \(reason); allow it with --allow-host \(instance)=\(hint)"
  }

  /// Why an address may not be asked for.
  func reason(against address: Address) -> String {
    refused[address.authority]
      ?? "\(address.authority) is not a host of this instance: it is not asked"
  }

  /// The address as it may be asked for; nil when it may not.
  ///
  /// A host that was allowed with `http://` is asked in plain HTTP; no other ever is.
  func permitted(_ address: Address) -> Address? {
    guard let scheme = origins[address.authority] else { return nil }
    if address.scheme == scheme { return address }
    // An answer cannot make a request leave TLS; the command line alone can.
    guard scheme == .http else { return nil }
    return address.over(.http)
  }
}
