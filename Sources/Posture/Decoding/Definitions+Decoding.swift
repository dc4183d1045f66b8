internal import Connectors
internal import JSON
package import YAML

extension Definitions {
  package init?(_ envelope: Envelope, diagnostics: Diagnostics) {
    guard let fields = MappingDecoder(envelope.spec, into: diagnostics) else { return nil }
    let app = fields.required("app", as: .located(.string))
    let values = fields.optional("values", as: .entries(of: .text), default: [])
    let functions = fields.optional(
      "functions",
      as: .list(
        of: NodeDecoder<Function>.mapping { fields in
          let name = fields.required("name", as: .located(.text))
          let parameters = fields.required("parameters", as: .list(of: .text))
          let body = fields.required("body", as: .located(.text))
          guard let name, let parameters, let body else { return nil }
          return Function(name: name, parameters: parameters, body: body)
        }), default: [])
    let tests = fields.optional("tests", as: .list(of: Test.decoder), default: [])
    let optional = fields.optional(
      "optionalCollections", as: .list(of: .located(.string)), default: [])
    fields.finish()
    guard let app else { return nil }
    self.init(
      app: app, values: values.map { .init(name: $0.name, source: $0.value) },
      functions: functions, tests: tests, optionalCollections: optional,
      digest: envelope.spec.meaningDigest,
      mark: envelope.name.mark)
  }
}

extension Definitions.Test {
  private static let inputs = ["collections", "instance", "now"]

  /// `{ expression: isOn(…), collections: { … }, is: true }`, or `fails: true` in place of `is`.
  fileprivate static var decoder: NodeDecoder<Definitions.Test> {
    NodeDecoder("a test") { node, diagnostics in
      guard let fields = MappingDecoder(node, into: diagnostics) else { return nil }
      let name = fields.optional("name", as: .text)
      let expression = fields.required("expression", as: .located(.text))
      let value = fields.optional("is", as: .value)
      let fails = fields.optional("fails", as: .bool, default: false)
      if (fields.node("is") == nil) != fails {
        fields.error("write what the expression 'is', or 'fails: true'")
      }
      fields.allow(inputs)
      fields.finish()
      guard let expression, let input = NodeDecoder<YAMLValue>.value.decode(node, into: diagnostics)
      else { return nil }
      return Definitions.Test(
        name: name, expression: expression, input: JSONValue(input),
        value: fails ? nil : value.map { JSONValue($0) },
        mark: node.mark)
    }
  }
}

extension RecommendationOverride {
  package init?(_ envelope: Envelope, diagnostics: Diagnostics) {
    guard let fields = MappingDecoder(envelope.spec, into: diagnostics) else { return nil }
    let names = fields.recommendationNames()
    let parameters = fields.optional("parameters", as: .entries(of: .value), default: [])
    let impact = fields.optional("impact", as: .choice(of: Impact.self))
    let enabled = fields.optional("enabled", as: .switch)
    fields.finish()
    guard let names else { return nil }
    self.init(
      name: envelope.name.value, recommendations: names,
      parameters: parameters.map { ($0.name, JSONValue($0.value.value)) }, impact: impact,
      enabled: enabled, mark: envelope.name.mark, digest: envelope.spec.meaningDigest)
  }
}
