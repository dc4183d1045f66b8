internal import Posture

/// The secrets of one instance, by field. No description of it shows a value.
package struct Credentials: Sendable, CustomStringConvertible, CustomReflectable {
  private let values: [String: String]
  /// The hosts that these credentials are bound to; empty when any declared host will do.
  package let hosts: [String]

  /// - Parameter values: Field names in lower case with underscores. `host` is no field of a connector:
  ///   it names the only hosts, comma-separated, that the others may be sent to.
  package init(_ values: [String: String]) {
    var values = values
    hosts = (values.removeValue(forKey: "host") ?? "").split(separator: ",")
      .map { String($0).trimmed.lowercased() }
    self.values = values
  }

  package var isEmpty: Bool { values.isEmpty }

  /// The fields that are given.
  package var fields: Set<String> { Set(values.keys) }

  /// A field's value.
  func value(_ field: String) -> String? { values[field] }

  /// Every value that is a secret: what must never be seen.
  func secrets(of connector: Connector) -> [String] {
    let shown = Set(connector.credentials.filter { !$0.isSecret }.map(\.name))
    return values.filter { !shown.contains($0.key) }.map(\.value)
  }

  package var description: String { "credentials(\(fields.sorted().joined(separator: ", ")))" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
