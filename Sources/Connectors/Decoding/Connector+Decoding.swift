internal import JSON
internal import Text
package import YAML

extension Connector {
  /// - Parameters:
  ///   - name: The app's.
  ///   - spec: The manifest.
  ///   - origin: `.catalog` for Plumb's own manifests only: their hosts are trusted with credentials.
  package init?(
    name: Located<String>, spec: Node, origin: Origin = .desiredState, diagnostics: Diagnostics
  ) {
    guard let fields = MappingDecoder(spec, into: diagnostics) else { return nil }
    let displayName = fields.required("displayName", as: .text)
    let documentation = fields.optional("documentation", as: .text)
    let setup = fields.optional("setup", as: .text)
    let parameters = fields.optional(
      "parameters", as: .entries(of: ParameterFields.decoder), default: []
    ).map { $0.value.value.parameter(named: $0.name.value) }
    let credentials = fields.optional(
      "credentials", as: .entries(of: CredentialFields.decoder), default: []
    ).map { $0.value.value.field(named: $0.name.value) }
    let scope = TemplateScope(
      parameters: Set(parameters.map(\.name)), credentials: Set(credentials.map(\.name)))
    let hosts = fields.optional("hosts", as: .list(of: .hostPattern), default: [])
    let baseURL = fields.optional("baseURL", as: .baseURL(scope))
    let headers = fields.optional("headers", as: .dictionary(of: .string), default: [:])
    let authentication = fields.optional(
      "authentication", as: .list(of: .authentication(scope)), default: [])
    let pagination = fields.optional("pagination", as: .pagination(scope), default: .none)
    let rateLimit = fields.optional("rateLimit", as: .rateLimit)
    let concurrency = fields.optional("concurrency", as: .integer(in: 1...32), default: 4)
    let errors = fields.optional("errors", as: .list(of: .errorRule), default: [])
    let redaction = fields.optional("redact", as: .list(of: .fieldPath), default: [])
    let grantsHeader = fields.optional("grantsHeader", as: .text)
    let collections = fields.optional(
      "collections", as: .entries(of: .collection(scope)), default: [])
    fields.finish()
    guard let displayName else { return nil }
    self.init(
      name: name.value, displayName: displayName, origin: origin,
      documentation: documentation, setup: setup, parameters: parameters, hosts: hosts,
      baseURL: baseURL,
      headers: headers.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) },
      credentials: credentials, authentication: authentication, pagination: pagination,
      rateLimit: rateLimit, concurrency: concurrency, errors: errors, redaction: redaction,
      grantsHeader: grantsHeader,
      collections: collections.map { $0.value.value.collection(named: $0.name.value) },
      digest: Digest.sha256(JSONValue(YAMLValue(spec, into: diagnostics) ?? .null)),
      mark: name.mark)
    check(collections.map { ($0.name, $0.value.node) }, diagnostics)
  }

  /// Checks what one collection says of another.
  private func check(_ nodes: [(name: Located<String>, node: Node)], _ diagnostics: Diagnostics) {
    let names = collections.map(\.name)
    for (collection, entry) in zip(collections, nodes) {
      if !isFileName(collection.name) {
        diagnostics.error(
          "a collection is named with letters, digits, '_' and '-': it becomes a file's name",
          at: entry.name.mark)
      }
      if !collection.requests.isEmpty, baseURL == nil {
        diagnostics.error("missing field 'baseURL': this request is below it", at: entry.node.mark)
      }
      guard let parent = collection.forEach else { continue }
      guard names.contains(parent) else {
        diagnostics.error(
          "no collection named '\(parent)' in this connector"
            + Suggestion.hint(for: parent, among: names), at: entry.node.mark)
        continue
      }
      var ancestor: String? = parent
      for _ in names where ancestor != nil {
        ancestor = collections.first { $0.name == ancestor }?.forEach
      }
      if ancestor != nil {
        diagnostics.error("'\(collection.name)' is read for each of itself", at: entry.node.mark)
      }
    }
  }

  private func isFileName(_ name: String) -> Bool {
    name.utf8.count <= 128
      && name.utf8.allSatisfy {
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95
          || $0 == 45
      }
  }
}

/// What the braces of a connector's templates may name.
struct TemplateScope: Sendable {
  let parameters: Set<String>
  let credentials: Set<String>
}

/// How a field is given in `credentials:`.
private struct CredentialFields: Sendable {
  let description: String
  let isSecret: Bool

  func field(named name: String) -> CredentialField {
    CredentialField(name: name, description: description, isSecret: isSecret)
  }

  static var decoder: NodeDecoder<CredentialFields> {
    .mapping { fields in
      guard let description = fields.required("description", as: .text) else { return nil }
      return CredentialFields(
        description: description, isSecret: fields.optional("secret", as: .bool, default: true))
    }
  }
}

private struct ParameterFields: Sendable {
  let description: String
  let pattern: ParameterPattern?
  let defaultValue: String?
  let derivation: (from: String, append: String)?
  let example: String?

  func parameter(named name: String) -> ConnectorParameter {
    ConnectorParameter(
      name: name, description: description, pattern: pattern, defaultValue: defaultValue,
      derivation: derivation, example: example)
  }

  static var decoder: NodeDecoder<ParameterFields> {
    .mapping { fields in
      guard let description = fields.required("description", as: .text) else { return nil }
      return ParameterFields(
        description: description, pattern: fields.optional("pattern", as: .parameterPattern),
        defaultValue: fields.optional("default", as: .text),
        derivation: fields.optional(
          "derived",
          as: .mapping { fields in
            let from = fields.required("from", as: .text)
            let append = fields.required("appendToFirstLabel", as: .text)
            guard let from, let append else { return nil }
            return (from: from, append: append)
          }),
        example: fields.optional("example", as: .text))
    }
  }
}

extension NodeDecoder where Value == ParameterPattern {
  fileprivate static var parameterPattern: NodeDecoder<ParameterPattern> {
    NodeDecoder("a regular expression") { node, diagnostics in
      guard let source = NodeDecoder<String>.text.decode(node, into: diagnostics) else {
        return nil
      }
      do throws(ParameterPattern.PatternFault) {
        return try ParameterPattern(source)
      } catch {
        diagnostics.error(error.message, at: node.mark)
        return nil
      }
    }
  }
}

extension NodeDecoder where Value == HostPattern {
  fileprivate static var hostPattern: NodeDecoder<HostPattern> {
    NodeDecoder("a host name") { node, diagnostics in
      guard let text = NodeDecoder<String>.text.decode(node, into: diagnostics) else { return nil }
      if let pattern = HostPattern(text) { return pattern }
      diagnostics.error(
        "'\(text)' is no host: write api.example.com, or *.example.com for all below it",
        at: node.mark)
      return nil
    }
  }
}

extension NodeDecoder where Value == Connector.RateLimit {
  fileprivate static var rateLimit: NodeDecoder<Connector.RateLimit> {
    .mapping { fields in
      let remaining = fields.required("remaining", as: .text)
      let reset = fields.required("reset", as: .text)
      let unit = fields.optional(
        "unit", as: .choice(of: Connector.RateLimit.Unit.self), default: .epoch)
      guard let remaining, let reset else { return nil }
      return Connector.RateLimit(remaining: remaining, reset: reset, unit: unit)
    }
  }
}

extension NodeDecoder where Value == FieldPath {
  static var fieldPath: NodeDecoder<FieldPath> {
    NodeDecoder("a path of fields") { node, diagnostics in
      guard let text = NodeDecoder<String>.text.decode(node, into: diagnostics) else { return nil }
      if let path = FieldPath(text) { return path }
      diagnostics.error(
        "'\(text)' is no path of fields: write config.secret, clients.*.secret or **.secret",
        at: node.mark)
      return nil
    }
  }
}

extension NodeDecoder where Value == Template {
  /// A template whose braces name something in scope.
  static func template(_ names: Set<String>, prefixes: [String] = []) -> NodeDecoder<Template> {
    NodeDecoder("a text") { node, diagnostics in
      guard let text = NodeDecoder<String>.string.decode(node, into: diagnostics) else {
        return nil
      }
      guard let template = Template(text) else {
        diagnostics.error("the braces in '\(text)' do not enclose names", at: node.mark)
        return nil
      }
      for place in template.places
      where !names.contains(place) && !prefixes.contains(where: place.hasPrefix) {
        let hint = Suggestion.hint(for: place, among: names)
        let known = (names.sorted() + prefixes.map { $0 + "…" }).joined(separator: ", ")
        diagnostics.error(
          "nothing named '{\(place)}' may stand here"
            + (hint.isEmpty ? (known.isEmpty ? "" : "; known: \(known)") : hint), at: node.mark)
        return nil
      }
      return template
    }
  }

  /// Where requests go: `https:` only; plain HTTP is the command line's to allow.
  fileprivate static func baseURL(_ scope: TemplateScope) -> NodeDecoder<Template> {
    template(scope.parameters).checked { template in
      guard case .text(let text) = template.parts.first, text.hasPrefix("https://") else {
        return "a base URL begins with https://"
      }
      return template.source.hasSuffix("/") ? "a base URL does not end with '/'" : nil
    }
  }
}
