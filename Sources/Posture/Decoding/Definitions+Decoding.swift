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
    fields.finish()
    guard let app else { return nil }
    self.init(
      app: app, values: values.map { .init(name: $0.name, source: $0.value) },
      functions: functions, digest: envelope.spec.meaningDigest, mark: envelope.name.mark)
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
