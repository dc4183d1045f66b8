import Connectors
import Posture
import TestSupport
import YAML

@testable import Observation

/// Connectors and instances of YAML, as the tests need them.
enum TestConnector {
  /// A connector for one header credential `token`; `collections` is indented by two spaces.
  static func yaml(_ collections: String, extra: String = "", name: String = "demo") -> String {
    Declare.document(
      "Connector", name,
      """
      displayName: Demo
      parameters:
        domain: { description: Where it is }
      hosts: ["*.demo.example"]
      baseURL: https://{domain}/api
      credentials:
        token: { description: A token }
      authentication:
        - name: token
          header: { value: "Bearer {token}" }
      pagination: link
      rateLimit: { remaining: x-remaining, reset: x-reset }
      \(extra)
      collections:
      \(collections.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
      """)
  }

  static func connector(_ yaml: String, origin: Connector.Origin = .catalog) -> Connector? {
    let diagnostics = Diagnostics()
    let documents = YAMLParser.parse(Array(yaml.utf8), file: "connector.yaml", into: diagnostics)
    guard let document = documents.first,
      let envelope = Envelope(document, kinds: [.connector], diagnostics: diagnostics)
    else {
      print(diagnostics)
      return nil
    }
    let connector = Connector(envelope, origin: origin, diagnostics: diagnostics)
    guard !diagnostics.hasErrors else {
      print(diagnostics)
      return nil
    }
    return connector
  }

  static func instance(
    app: String = "demo", name: String = "demo-one", parameters: [String: String]
  ) -> Instance? {
    let list = parameters.sorted { $0.key < $1.key }.map { "\($0.key): '\($0.value)'" }
    let yaml = Declare.instance(
      name, of: app, source: "api: { parameters: { \(list.joined(separator: ", ")) } }")
    let diagnostics = Diagnostics()
    let documents = YAMLParser.parse(Array(yaml.utf8), file: "instance.yaml", into: diagnostics)
    return documents.first.flatMap {
      Envelope($0, kinds: [.instance], diagnostics: diagnostics)
    }.flatMap { Instance($0, diagnostics: diagnostics) }
  }
}
