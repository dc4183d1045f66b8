package import YAML

/// Which instances an exception or an initiative is about.
package enum InstanceSelector: Sendable {
  case all
  case names([Located<String>])
  /// Every label has the value.
  case matchLabels([String: String], mark: Mark)

  /// Whether the instance is among those that are selected.
  package func matches(_ instance: Instance) -> Bool {
    switch self {
    case .all: true
    case .names(let names): names.contains { $0.value == instance.name }
    case .matchLabels(let labels, _):
      labels.allSatisfy { instance.labels[$0.key] == $0.value }
    }
  }
}

extension InstanceSelector {
  private struct Labels: Described {
    var labels: [String: String] = [:]
    let mark: Mark

    init(at node: Node) { mark = node.mark }

    static let fields: [Field<Labels>] = [
      .required(
        "matchLabels", \.labels,
        .dictionary(of: .string).checked { $0.isEmpty ? "name at least one label" : nil },
        "The labels, and the values that they must all have.")
    ]
  }

  fileprivate static let names = NodeDecoder.nonEmptyList(of: .located(.string))
    .map { InstanceSelector.names($0) }
  fileprivate static let labels = NodeDecoder<Labels>.object
    .map { InstanceSelector.matchLabels($0.labels, mark: $0.mark) }
}

extension NodeDecoder where Value == InstanceSelector {
  /// `[name, …]` or `{ matchLabels: { … } }`.
  static let instances = NodeDecoder(
    "a list of instances or { matchLabels: … }",
    shape: .either([InstanceSelector.names.shape, InstanceSelector.labels.shape])
  ) { node, diagnostics in
    switch node.kind {
    case .mapping: InstanceSelector.labels.decode(node, into: diagnostics)
    default: InstanceSelector.names.decode(node, into: diagnostics)
    }
  }
}
