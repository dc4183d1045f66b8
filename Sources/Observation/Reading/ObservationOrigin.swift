package import Connectors
internal import JSON
package import Posture

/// What an observation is of: an instance, read by a connector at certain hosts with certain
/// parameters.
package struct ObservationOrigin: Sendable, Hashable {
  let instance: String
  let connector: String
  /// SHA-256 over the instance's source that is the API, and the addresses of the connector, in hexadecimal.
  package let digest: String

  /// The origin of what is observed now. Where the parameters lead to no address, none counts.
  package init(_ instance: Instance, connector: Connector) {
    self.instance = instance.name
    self.connector = connector.name
    let origins = try? AddressBook(connector, parameters: instance.api?.parameters ?? [:])
      .origins(ways: [])
    let addresses = Set(
      ((origins?.main ?? []) + (origins?.others ?? [])).map {
        "\($0.scheme.rawValue) \($0.authority)"
      }
    ).sorted()
    let source = instance.api?.digest ?? instance.digest
    digest = Digest.sha256(([source, connector.name] + addresses).joined(separator: "\n"))
  }

  /// The origin as `observation.json` has it: `sha256:` and the digest.
  var source: String { "sha256:\(digest)" }

  /// Refuses a manifest of another origin, or of none.
  func refuseOther(_ manifest: JSONView) throws(Fault) {
    guard manifest["instance"]?.string == instance else {
      throw Fault(
        .otherSource,
        "what was observed is of another instance: '\(manifest["instance"]?.string ?? "")'")
    }
    guard let observed = manifest["source"]?.string else {
      throw Fault(
        .otherSource, "what was observed does not say of which source it is: observe it anew")
    }
    guard observed == source, manifest.value(at: "/connector/name")?.string == connector else {
      throw Fault(
        .otherSource,
        "what was observed is of another source: the instance's parameters or its connector's hosts have changed since"
      )
    }
  }
}

/// Whether a time can be true.
package enum Plausibility {
  /// Seconds by which the clocks of this machine and of another may differ.
  static let tolerance = 300

  /// Refuses an observation that says that it was made later than now: it would never grow old.
  ///
  /// - Parameter clock: The machine's time, even where another time counts as now.
  package static func refuseFuture(_ observedAt: Instant, clock: Instant) throws(Fault) {
    if isFuture(observedAt, clock: clock) {
      throw Fault(
        .future,
        "it says that it was observed at \(observedAt), which is in the future: it is \(clock) by this machine's clock"
      )
    }
  }

  /// Whether a time lies more than 300 seconds ahead of the machine's clock.
  package static func isFuture(_ observedAt: Instant, clock: Instant) -> Bool {
    observedAt.secondsSince1970 > clock.secondsSince1970 + tolerance
  }
}
