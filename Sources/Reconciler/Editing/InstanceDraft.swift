internal import Posture
internal import YAML

/// An instance that somebody wants to declare, read over its app's API.
package struct InstanceDraft: Sendable {
  /// The app's name, such as `okta`.
  package let app: String
  /// The instance's name, unique in the desired state.
  package let name: String
  /// How reports name it; nil: its name.
  package var displayName: String?
  /// What selectors match; none is written when empty.
  package var labels: [String: String] = [:]
  /// What its connector asks for, by name.
  package var parameters: [String: String] = [:]
  /// Whether it is assessed from the start.
  package var isOn = true
  /// Relative to the repository's root; nil: `instances.yaml` in the desired state.
  package var file: String?

  /// Switched on, without labels and parameters, until they are set.
  package init(app: String, name: String) {
    self.app = app
    self.name = name
  }

  private var recommendations: String { isOn ? "on" : "off" }

  /// What is written without quotes.
  var verbatim: [(path: YAMLPath, text: String)] {
    [(path: ["spec", "recommendations"], text: recommendations)]
  }

  /// The document, with its fields in the order of the documentation.
  var document: YAMLValue {
    func map(_ texts: [String: String]) -> YAMLValue {
      .map(texts.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
    }
    let metadata: [(String, YAMLValue)] =
      [("name", .string(name))] + (labels.isEmpty ? [] : [("labels", map(labels))])
    let api: [(String, YAMLValue)] = parameters.isEmpty ? [] : [("parameters", map(parameters))]
    let spec: [(String, YAMLValue)] =
      [("app", .string(app))]
      + (displayName.map { [("displayName", .string($0))] } ?? [])
      + [
        ("recommendations", .string(recommendations)),
        ("source", .map([("api", .map(api))])),
      ]
    return .map([
      ("apiVersion", .string(Envelope.apiVersion)),
      ("kind", .string(DocumentKind.instance.rawValue)),
      ("metadata", .map(metadata)), ("spec", .map(spec)),
    ])
  }
}
