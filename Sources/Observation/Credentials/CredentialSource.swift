package import Connectors
private import Foundation
package import Posture
internal import Text
internal import YAML

/// Where secrets come from: the environment, or a file that the command line names. Desired state has
/// no say in it.
package struct CredentialSource: Sendable {
  let environment: [String: String]
  /// By instance and field.
  let file: [String: [String: String]]
  /// Where tokens that change are kept; nil for nowhere.
  private var store: TokenStore?
  /// What the store held when it was opened.
  private var kept: [TokenStore.Key: TokenStore.Entry] = [:]

  /// Credentials for git's remotes, and what proves a git host's hooks: they go to no tenant, whatever an
  /// instance is called.
  static let reserved: Set<String> = [
    "PLUMB_HOOK_SECRET", "PLUMB_GIT_TOKEN", "PLUMB_GIT_USERNAME", "PLUMB_GIT_CREDENTIALS",
    "PLUMB_GIT_SSH_KEY",
    "PLUMB_GIT_SSH_PASSPHRASE", "PLUMB_SERVE_TOKEN",
  ]

  /// Whether a variable is Plumb's own, and no instance's: git's, or a channel's of notifications.
  static func isReserved(_ variable: String) -> Bool {
    reserved.contains(variable) || variable.hasPrefix(NotificationChannel.prefix)
  }

  /// - Parameter environment: The process's own.
  package init(environment: [String: String]) {
    self.environment = environment
    file = [:]
  }

  /// - Parameters:
  ///   - path: A YAML or JSON mapping: instance → field → value. Only its owner may read it.
  /// - Throws: ``Fault``; no message quotes the file.
  package init(environment: [String: String], file path: String) throws(Fault) {
    let bytes: [UInt8]
    do throws(PrivateFile.Refusal) {
      bytes = try PrivateFile.contents(path, acceptsPipe: true)
    } catch {
      switch error {
      case .unreachable(let reason): throw Fault(.misconfigured, "\(path): \(reason)")
      case .notRegular: throw Fault(.misconfigured, "\(path) is neither a regular file nor a pipe")
      case .readableByOthers:
        throw Fault(
          .misconfigured,
          "\(path) may be read by others; 'chmod 600 \(path)' keeps the credentials in it to you")
      case .unreadable: throw Fault(.misconfigured, "\(path) cannot be read")
      }
    }
    try self.init(environment: environment, content: bytes, named: path)
  }

  /// - Parameters:
  ///   - content: The same mapping as bytes.
  ///   - name: What messages call it.
  /// - Throws: ``Fault``; no message quotes the content.
  package init(
    environment: [String: String], content: [UInt8], named name: String
  ) throws(Fault) {
    self.environment = environment
    file = try Self.parse(content, path: name)
  }

  /// The same source with a store of tokens. A kept token stands in place of the one that it came
  /// from.
  ///
  /// - Throws: ``Fault`` for a store that others may read or write, or that is none.
  package func keeping(in store: TokenStore) throws(Fault) -> CredentialSource {
    var result = self
    result.store = store
    result.kept = try store.entries()
    return result
  }

  private static func parse(
    _ bytes: [UInt8], path: String
  ) throws(Fault) -> [String: [String: String]] {
    let diagnostics = Diagnostics()
    let documents = YAMLParser.parse(bytes, file: path, into: diagnostics)
    let shape = Fault(
      .misconfigured,
      "\(path) is no mapping of instances to their fields, such as\n  okta-eu:\n    api_token: …")
    guard !diagnostics.hasErrors, documents.count == 1,
      let instances = documents[0].root.entries
    else { throw shape }
    var result: [String: [String: String]] = [:]
    for instance in instances {
      guard let fields = instance.value.entries else { throw shape }
      for field in fields {
        guard let value = field.value.scalar else { throw shape }
        guard !value.isEmpty, !field.value.isNull else {
          throw Fault(
            .misconfigured,
            "\(path): '\(field.name)' of '\(instance.name)' is empty; leave it out, or give it")
        }
        result[instance.name, default: [:]][field.name.lowercased()] = value
      }
    }
    return result
  }

  /// The credentials of an instance: the environment's fields before the file's.
  package func credentials(for instance: String, connector: Connector) -> Credentials {
    var values = file[instance] ?? [:]
    for field in connector.credentials.map(\.name) + ["host"] {
      let variable = Self.variable(instance, field)
      if let value = environment[variable], !value.isEmpty, !Self.isReserved(variable) {
        values[field] = value
      }
    }
    var kept: [String: String] = [:]
    for field in connector.authentication.compactMap(\.refresh?.field) {
      let key = TokenStore.Key(instance: instance, connector: connector.name, field: field)
      if let entry = self.kept[key], entry.holds(against: values[field]) {
        kept[field] = entry.token
      }
    }
    return Credentials(
      values, kept: kept, store: store, strays: strays(near: instance, of: connector),
      environment: environment)
  }

  /// `PLUMB_OKTA_EU_API_TOKEN` for field `api_token` of instance `okta-eu`.
  package static func variable(_ instance: String, _ field: String) -> String {
    "PLUMB_\(instance)_\(field)".uppercased().replacing("-", with: "_")
  }

  /// The values of the environment for instances and remotes. Some are secret; none belongs in an
  /// argument.
  package static func values(in environment: [String: String]) -> [String] {
    environment.filter { name, value in
      name.hasPrefix("PLUMB_") && !ownVariables.contains(name) && !name.hasSuffix("_HOST")
    }.map(\.value)
  }

  /// The values of the environment that are secret by their variable's name, such as `…_TOKEN`:
  /// they are known before an instance reads them.
  package static func secrets(in environment: [String: String]) -> [String] {
    let endings = ["_TOKEN", "_SECRET", "_PASSWORD", "_PASSPHRASE", "_KEY"]
    return environment.filter { name, _ in
      name == ActionsJob.tokenVariable
        || name.hasPrefix("PLUMB_") && !ownVariables.contains(name)
          && endings.contains { name.hasSuffix($0) }
    }.map(\.value)
  }

  /// Names of files and folders.
  static let ownVariables: Set<String> = [
    "PLUMB_CACHE", "PLUMB_STORE", "PLUMB_GIT_CREDENTIALS", "PLUMB_GIT_SSH_KEY",
  ]

  /// The variables that more than one of the instances would read: which one a secret is meant for
  /// could then be chosen by whoever names instances.
  package static func ambiguities(
    _ instances: [(name: String, connector: Connector)]
  ) -> [(variable: String, instances: [String])] {
    var readers: [String: Set<String>] = [:]
    for (name, connector) in instances {
      for field in connector.credentials.map(\.name) + ["host"] {
        readers[variable(name, field), default: []].insert(name)
      }
    }
    return readers.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
      .map { (variable: $0.key, instances: $0.value.sorted()) }
  }

  /// - Throws: ``Fault`` when a variable is set that more than one of the instances would
  ///   read.
  func refuseAmbiguity(
    among instances: [(name: String, connector: Connector)]
  ) throws(Fault) {
    for (variable, names) in Self.ambiguities(instances) where environment[variable] != nil {
      throw Fault(
        .misconfigured,
        "\(variable) would be read by instances \(names.joined(separator: " and ")): rename one of them, or give their credentials with --credentials"
      )
    }
  }
}
