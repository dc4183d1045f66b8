package import Connectors
package import Posture
internal import Text
internal import YAML

/// An instance that is read over its app's API, with its connector and credentials.
package struct ObservationTarget: Sendable {
  /// The instance as declared.
  package let instance: Instance
  /// The connector of its app.
  package private(set) var connector: Connector
  let credentials: Credentials

  /// The instance's name.
  package var name: String { instance.name }

  /// The same target, of which so many machines ask their part.
  package func divided(by shares: Int) -> ObservationTarget {
    var target = self
    target.connector = connector.divided(by: shares)
    return target
  }

  /// What is observed.
  package var origin: ObservationOrigin { ObservationOrigin(instance, connector: connector) }

  /// Every instance of a desired state that is read over an API, on or off, in its order.
  ///
  /// - Throws: ``Fault`` when a variable is set that more than one of them would read.
  package static func all(
    in state: DesiredState, credentials source: CredentialSource
  ) throws(Fault) -> [ObservationTarget] {
    try read(of: state, by: source).map { made($0.instance, $0.connector, source) }
  }

  /// One of them; nil where none has that name.
  ///
  /// - Throws: ``Fault`` as for all of them.
  package static func named(
    _ name: String, in state: DesiredState, credentials source: CredentialSource
  ) throws(Fault) -> ObservationTarget? {
    try read(of: state, by: source).first { $0.instance.name == name }
      .map { made($0.instance, $0.connector, source) }
  }

  /// The instances that are read over an API, of which the credentials tell each from the others.
  private static func read(
    of state: DesiredState, by source: CredentialSource
  ) throws(Fault) -> [(instance: Instance, connector: Connector)] {
    let read = state.instances.compactMap {
      instance -> (instance: Instance, connector: Connector)? in
      guard instance.api != nil, let connector = state.connectors[instance.app.value] else {
        return nil
      }
      return (instance, connector)
    }
    try source.refuseAmbiguity(among: read.map { ($0.instance.name, $0.connector) })
    return read
  }

  private static func made(
    _ instance: Instance, _ connector: Connector, _ source: CredentialSource
  ) -> ObservationTarget {
    ObservationTarget(
      instance: instance, connector: connector,
      credentials: source.credentials(for: instance.name, connector: connector))
  }

  /// What was given of credentials, and nothing reads: a sentence each, without values.
  ///
  /// - Parameter targets: Every instance that is read over an API.
  package static func unused(
    by targets: [ObservationTarget], of source: CredentialSource
  ) -> [String] {
    source.unused(by: targets)
  }

  /// The environment variables that each way in reads, by way, in the connector's order; nil when
  /// the fields of one are all given.
  package var missingCredentials: [[String]]? {
    guard Authenticator.usable(connector, credentials: credentials).isEmpty else { return nil }
    return ways.map(\.variables)
  }

  /// Whether the credential that a variable gives is there, from the environment or a file.
  package func isGiven(_ variable: String) -> Bool {
    connector.credentials.contains {
      CredentialSource.variable(name, $0.name) == variable && credentials.value($0.name) != nil
    }
  }

  /// Each way in by name, with the environment variables that it reads, sorted.
  package var ways: [(name: String, variables: [String])] {
    Authenticator.variables(connector, instance: name)
  }
}

extension Observer {
  /// How many instances are read at the same time.
  private static var width: Int { OwnFaults.takesOneAtATime ? 1 : 8 }

  /// Observes several instances side by side.
  ///
  /// - Returns: A report for each, in the order of the targets.
  package static func observe(
    _ targets: [ObservationTarget], options: ObserverOptions
  ) async -> [ObservationReport] {
    await sharingConnections(options) { options in
      await targets.mappedSideBySide(width: width) { target in
        await observe(
          target.instance, connector: target.connector, credentials: target.credentials,
          options: options)
      }
    }
  }

  /// Tries the credentials of several instances side by side.
  ///
  /// - Parameter needs: What each target's recommendations need, in the order of the targets.
  package static func check(
    _ targets: [ObservationTarget], needs: [InstancePermissions], options: ObserverOptions
  ) async -> [CheckReport] {
    let needs = needs.keyed(by: \.instance)
    return await sharingConnections(options) { options in
      await targets.mappedSideBySide(width: width) { target in
        await check(
          target.instance, connector: target.connector, credentials: target.credentials,
          needs: needs[target.name], options: options)
      }
    }
  }

  /// Does work of several instances over connections that they share.
  private static func sharingConnections<Result: Sendable>(
    _ options: ObserverOptions, _ work: (ObserverOptions) async -> Result
  ) async -> Result {
    // Where they cannot be made, each instance finds out why, and reports it.
    guard options.transport == nil, options.connections == nil,
      let connections = try? Connections(caFile: options.caFile, proxy: options.proxy)
    else { return await work(options) }
    var options = options
    options.connections = connections
    let result = await work(options)
    await connections.close()
    return result
  }
}
