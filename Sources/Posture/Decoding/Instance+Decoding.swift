internal import Connectors
package import YAML

extension Instance {
  package init?(_ envelope: Envelope, diagnostics: Diagnostics) {
    guard let fields = MappingDecoder(envelope.spec, into: diagnostics) else { return nil }
    let app = fields.required("app", as: .located(.string))
    let displayName = fields.optional("displayName", as: .text)
    let recommendations = fields.optional("recommendations", as: .switch, default: true)
    let source = fields.required("source", as: Source.decoder)
    let maxAge = fields.optional("maxAge", as: .timespan)
    let breakGlass = fields.optional(
      "breakGlass", as: .list(of: BreakGlass.decoder), default: [])
    fields.finish()
    guard let app, let source else { return nil }
    self.init(
      name: envelope.name.value, labels: envelope.labels, app: app,
      displayName: displayName ?? envelope.name.value, recommendations: recommendations,
      source: source, maxAge: maxAge?.seconds ?? source.defaultMaxAge, mark: envelope.name.mark,
      digest: Digest.sha256(source.identity(app: app.value)))
    self.breakGlass = breakGlass
    let written = envelope.spec["source"]
    sourceMark = written?.mark
    for node in ["api", "recorded", "export"].compactMap({ written?[$0]?["parameters"] }) {
      for entry in node.entries ?? [] { parameterMarks[entry.name] = entry.value.mark }
    }
  }
}

extension Instance.BreakGlass {
  fileprivate static var decoder: NodeDecoder<Instance.BreakGlass> {
    .mapping { fields in
      let id = fields.required("id", as: .text)
      let kind = fields.required("kind", as: .choice(of: Kind.self))
      let reason = fields.required("reason", as: .text)
      let owner = fields.required("owner", as: .text)
      guard let id, let kind, let reason, let owner else { return nil }
      return Instance.BreakGlass(id: id, kind: kind, reason: reason, owner: owner)
    }
  }
}

extension Instance.Source {
  fileprivate static var decoder: NodeDecoder<Instance.Source> {
    .mapping("one of api, recorded, export") { fields in
      guard let chosen = fields.exactlyOne(of: ["api", "recorded", "export"]) else { return nil }
      guard let inner = MappingDecoder(chosen.value, into: fields.diagnostics) else { return nil }
      defer { inner.finish() }
      let parameters = inner.optional("parameters", as: .dictionary(of: .string), default: [:])
      switch chosen.name {
      case "api": return .api(parameters: parameters)
      case "recorded":
        guard let path = inner.required("path", as: .located(.repositoryPath)) else { return nil }
        return .recorded(path: path, parameters: parameters)
      default:
        let format = inner.required("format", as: .located(.string))
        let path = inner.required("path", as: .located(.repositoryPath))
        guard let format, let path else { return nil }
        return .export(format: format, path: path, parameters: parameters)
      }
    }
  }

  fileprivate func identity(app: String) -> String {
    let parameters = parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let source: [String] =
      switch self {
      case .api: ["api"]
      case .recorded(let path, _): ["recorded", path.value]
      case .export(let format, let path, _): ["export", format.value, path.value]
      }
    return ([app] + source + parameters).joined(separator: "\n")
  }
}

extension NodeDecoder where Value == String {
  /// A path relative to the repository's root that does not leave it.
  static var repositoryPath: NodeDecoder<String> {
    string.checked { path in
      if path.isEmpty { return "this path may not be empty" }
      if path.hasPrefix("/") {
        return "'\(path)' is an absolute path; write it relative to the repository's root"
      }
      let parts = path.split(separator: "/", omittingEmptySubsequences: false)
      if parts.contains("..") { return "'\(path)' leaves the repository: '..' is not allowed" }
      if path.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F || $0 == "\\" })
      {
        return "a path has no control characters and no backslashes"
      }
      return nil
    }
  }
}

extension InstanceSelector {
  /// `[name, …]` or `{ matchLabels: { … } }`.
  static var decoder: NodeDecoder<InstanceSelector> {
    NodeDecoder("a list of instances or { matchLabels: … }") { node, diagnostics in
      switch node.kind {
      case .mapping:
        return NodeDecoder<InstanceSelector>.mapping { fields in
          guard
            let labels = fields.required(
              "matchLabels",
              as: .dictionary(of: .string).checked {
                $0.isEmpty ? "name at least one label" : nil
              })
          else { return nil }
          return .matchLabels(labels, mark: node.mark)
        }.decode(node, into: diagnostics)
      default:
        return NodeDecoder<[Located<String>]>.nonEmptyList(of: .located(.string))
          .map { InstanceSelector.names($0) }.decode(node, into: diagnostics)
      }
    }
  }
}
