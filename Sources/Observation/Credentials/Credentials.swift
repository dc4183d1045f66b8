internal import Connectors
internal import JSON
internal import Posture
internal import Text

/// The secrets of one instance, by field. No description of it shows a value.
package struct Credentials: Sendable, CustomStringConvertible, CustomReflectable {
  private let values: [String: String]
  /// Tokens that a store keeps in the place of those that were given, by field.
  private let kept: [String: String]
  /// Where tokens that change are kept; nil for nowhere.
  let store: TokenStore?
  /// The hosts that these credentials are bound to; empty when any declared host will do.
  package let hosts: [String]
  /// What was given and goes nowhere, and may have been meant for the instance; no value is in it.
  let strays: [String]
  /// The job that may vouch for this process.
  ///
  /// - Throws: ``Fault`` where there is none.
  let job: @Sendable () throws(Fault) -> ActionsJob

  /// - Parameters:
  ///   - values: Field names in lower case with underscores. `host` is no field of a connector: it names the only
  ///     hosts, comma-separated, that the others may be sent to.
  ///   - kept: Tokens of the store that stand in place of those that were given.
  ///   - strays: What was given and goes nowhere.
  ///   - environment: Where a job of a pipeline finds what vouches for it.
  package init(
    _ values: [String: String], kept: [String: String] = [:], store: TokenStore? = nil,
    strays: [String] = [], environment: [String: String] = [:]
  ) {
    job = { () throws(Fault) in try ActionsJob(environment: environment) }
    self.strays = strays
    var values = values
    hosts = (values.removeValue(forKey: "host") ?? "").split(separator: ",")
      .map { String($0).trimmed.lowercased() }
    self.values = values
    self.kept = kept
    self.store = store
  }

  /// Whether no field is given or kept; `host` counts for none.
  package var isEmpty: Bool { fields.isEmpty }

  /// The fields that are given or kept.
  package var fields: Set<String> { Set(values.keys).union(kept.keys) }

  /// A field's value.
  func value(_ field: String) -> String? { kept[field] ?? values[field] }

  /// A field's value as it was given, whatever was kept since.
  func given(_ field: String) -> String? { values[field] }

  /// Makes every value that is a secret known to a gate.
  ///
  /// - Throws: ``Fault`` for a secret that is too short to be masked where a tenant gives it
  ///   back; no message quotes it.
  func enter(
    _ gate: SecretGate, of connector: Connector, instance: String
  ) throws(Fault) {
    let shown = Set(connector.credentials.filter { !$0.isSecret }.map(\.name))
    let secrets = (values.map { ($0.key, $0.value, false) } + kept.map { ($0.key, $0.value, true) })
      .filter { !shown.contains($0.0) && !$0.1.isEmpty }.sorted { $0.0 < $1.0 }
    for (field, value, isKept) in secrets {
      guard gate.allowsShort || value.trimmed.utf8.count >= SecretGate.shortest else {
        throw Fault(
          .misconfigured,
          "\(CredentialSource.variable(instance, field)) (or \(field) of '\(instance)' in --credentials) has fewer than \(SecretGate.shortest) characters: so short a secret cannot be masked where the tenant repeats it, and is not used; create a longer one"
        )
      }
      gate.add(
        [value] + Self.parts(of: value), .field(field, of: instance, isKept: isKept))
    }
  }

  /// The secrets within one that is JSON: the private key of a service account.
  private static func parts(of value: String) -> [String] {
    guard let view = try? JSONView(parsing: value) else { return [] }
    return view.members.compactMap { name, member in
      let isSecret = ["key", "secret", "token", "password"].contains {
        name.lowercased().hasSuffix($0)
      }
      return isSecret ? member.string : nil
    }
  }

  package var description: String { "credentials(\(fields.sorted().joined(separator: ", ")))" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
