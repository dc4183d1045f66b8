internal import Connectors
internal import JSON
internal import Text
package import YAML

extension Recommendation {
  package init?(_ envelope: Envelope, origin: Origin, diagnostics: Diagnostics) {
    guard let fields = MappingDecoder(envelope.spec, into: diagnostics) else { return nil }
    let app = fields.required("app", as: .located(.string))
    let title = fields.required("title", as: .text)
    let impact = fields.optional("impact", as: .choice(of: Impact.self))
    let points = fields.optional("points", as: .integer(in: 1...100))
    if fields.node("impact") == nil && fields.node("points") == nil {
      fields.error("missing field 'impact': high, medium or low (or 'points')")
    }
    let category = fields.required("category", as: .choice(of: Category.self))
    let userImpact = fields.optional("userImpact", as: .choice(of: Effort.self), default: .low)
    let cost = fields.optional("implementationCost", as: .choice(of: Effort.self), default: .low)
    let threats = fields.optional("threats", as: .list(of: .choice(of: Threat.self)), default: [])
    let parameters = fields.optional("parameters", as: .entries(of: .value), default: [])
    let variables = fields.optional("variables", as: .entries(of: .text), default: [])
    let collection = fields.optional("collection", as: .located(.text))
    let filter = fields.optional("where", as: .located(.text))
    let compliant = fields.required("compliant", as: .located(.text))
    let label = fields.optional("label", as: .located(.text))
    let settings = fields.optional("settings", as: .entries(of: .text), default: [])
    let evidence = fields.optional("evidence", as: .entries(of: .text), default: [])
    let affected = fields.optional("affected", as: .located(.text))
    let expected = fields.optional("expected", as: .entries(of: .text), default: [])
    let rationale = fields.optional("rationale", as: .text, default: "")
    let remediation = fields.required("remediation", as: .text)
    let manage = fields.optional("manage", as: .text)
    let controls = fields.optional("controls", as: .list(of: Control.decoder), default: [])
    let differs = fields.optional("differs", as: .list(of: Difference.decoder), default: [])
    let references = fields.optional("references", as: .list(of: Reference.decoder), default: [])
    let tests = fields.optional("tests", as: .list(of: Test.decoder), default: [])
    fields.finish()
    guard let app, let title, let category, let compliant, let remediation else { return nil }
    let level = impact ?? points.map { $0 >= 10 ? .high : $0 >= 5 ? .medium : .low } ?? .low
    self.init(
      name: envelope.name.value, app: app, title: title, impact: level,
      points: points ?? level.points, category: category, userImpact: userImpact,
      implementationCost: cost, threats: threats,
      parameters: parameters.map {
        Parameter(name: $0.name.value, value: JSONValue($0.value.value))
      }.sorted { $0.name < $1.name },
      variables: variables.map { Expression(name: $0.name, source: $0.value) },
      collection: collection, filter: filter, compliant: compliant, label: label,
      settings: settings.map { Expression(name: $0.name, source: $0.value) },
      evidence: evidence.map { Expression(name: $0.name, source: $0.value) },
      affected: affected,
      expected: expected.map { Expression(name: $0.name, source: $0.value) },
      rationale: rationale.trimmed, remediation: remediation.trimmed, manage: manage?.trimmed,
      controls: controls, differs: differs, references: references, tests: tests, isEnabled: true,
      origin: origin,
      isOverridden: false, mark: envelope.name.mark,
      digest: envelope.spec.conditionDigest,
      declaration: origin == .desiredState ? envelope.spec.conditionDigest : nil)
  }
}

extension Node {
  /// SHA-256 of what verdicts and points depend on: better prose is no other recommendation.
  fileprivate var conditionDigest: String {
    let fields = [
      "app", "impact", "points", "parameters", "variables", "collection", "where", "compliant",
      "label", "settings", "affected",
    ]
    return Digest.sha256(fields.map { self[$0]?.meaningDigest ?? "" }.joined(separator: "\n"))
  }
}

extension Recommendation.Control {
  fileprivate static var decoder: NodeDecoder<Recommendation.Control> {
    .mapping { fields in
      let framework = fields.required("framework", as: .text)
      let id = fields.required("id", as: .written)
      guard let framework, let id else { return nil }
      return Recommendation.Control(
        framework: framework, id: id, part: fields.optional("part", as: .text))
    }
  }
}

extension Recommendation.Difference {
  fileprivate static var decoder: NodeDecoder<Recommendation.Difference> {
    NodeDecoder("a difference from a published verdict") { node, diagnostics in
      NodeDecoder<Recommendation.Difference>.mapping { fields in
        let framework = fields.required("framework", as: .text)
        let id = fields.required("id", as: .written)
        let direction = fields.required("direction", as: .choice(of: Direction.self))
        let why = fields.required("why", as: .text)
        let reference = fields.required(
          "reference",
          as: .text.checked { $0.hasPrefix("https://") ? nil : "a reference begins with https://" })
        guard let framework, let id, let direction, let why, let reference else { return nil }
        return Recommendation.Difference(
          framework: framework, id: id, direction: direction, why: why, reference: reference,
          mark: node.mark)
      }.decode(node, into: diagnostics)
    }
  }
}

extension NodeDecoder where Value == String {
  /// A scalar as it was written: `5.1` stays `5.1`, though YAML reads a number.
  static var written: NodeDecoder<String> {
    NodeDecoder("a string") { node, diagnostics in
      if let text = node.scalar, !text.isEmpty { return text }
      diagnostics.error("expected a string", at: node.mark)
      return nil
    }
  }
}

extension Recommendation.Reference {
  fileprivate static var decoder: NodeDecoder<Recommendation.Reference> {
    .mapping { fields in
      let title = fields.required("title", as: .text)
      let url = fields.required(
        "url",
        as: .text.checked {
          $0.hasPrefix("https://") ? nil : "a reference's url begins with https://"
        }
      )
      guard let title, let url else { return nil }
      return Recommendation.Reference(title: title, url: url)
    }
  }
}

extension Recommendation.Test {
  private static let inputs = [
    "resource", "parent", "collections", "parameters", "instance", "now",
  ]

  fileprivate static var decoder: NodeDecoder<Recommendation.Test> {
    NodeDecoder("a test") { node, diagnostics in
      guard let fields = MappingDecoder(node, into: diagnostics),
        let chosen = fields.exactlyOne(of: Compliance.allCases.map(\.rawValue))
      else { return nil }
      fields.finish()
      guard let inner = MappingDecoder(chosen.value, into: diagnostics) else { return nil }
      let name = inner.optional("name", as: .text)
      let form = inner.optional("form", as: .choice(of: Recommendation.Form.self))
      let published = inner.optional(
        "published", as: .dictionary(of: .choice(of: Compliance.self)), default: [:])
      inner.allow(inputs)
      inner.finish()
      guard let expected = Compliance(rawValue: chosen.name),
        let input = NodeDecoder<YAMLValue>.value.decode(chosen.value, into: diagnostics)
      else { return nil }
      return Recommendation.Test(
        name: name, expected: expected, form: form, published: published,
        input: JSONValue(input), mark: chosen.key.mark)
    }
  }
}
