internal import Text
package import YAML

/// An initiative document as it was written: a definition of its own, or the adoption of a built-in
/// one, whose metrics and words then come from the catalog.
package struct InitiativeDocument: Sendable {
  package let name: Located<String>
  package let title: String?
  package let description: String?
  package let targetScore: Int?
  package let tracked: Bool
  package let instances: InstanceSelector
  package let weights: [(metric: Located<String>, weight: Weight)]
  package let metrics: [Initiative.Metric]?

  package init?(_ envelope: Envelope, diagnostics: Diagnostics) {
    guard let fields = MappingDecoder(envelope.spec, into: diagnostics) else { return nil }
    name = envelope.name
    title = fields.optional("title", as: .text)
    description = fields.optional("description", as: .text)
    targetScore = fields.optional("targetScore", as: .integer(in: 0...100))
    tracked = fields.optional("tracked", as: .switch, default: true)
    instances = fields.optional("instances", as: InstanceSelector.decoder, default: .all)
    weights = fields.optional("weights", as: .entries(of: .choice(of: Weight.self)), default: [])
      .map { ($0.name, $0.value.value) }
    metrics = fields.optional("metrics", as: .nonEmptyList(of: Initiative.Metric.decoder))
    fields.finish()
    if metrics == nil && fields.node("metrics") != nil { return nil }
  }

  /// The initiative: a built-in one with what the document changes, or the document's own.
  ///
  /// Nil, after errors, when the document neither adopts nor defines one.
  package func resolve(builtIn: Initiative?, known names: [String], diagnostics: Diagnostics)
    -> Initiative?
  {
    if let builtIn, metrics != nil {
      diagnostics.error(
        "'\(builtIn.name)' is a built-in initiative: adopt it without 'metrics', or take another name",
        at: name.mark)
      return nil
    }
    guard let metrics = metrics ?? builtIn?.metrics else {
      diagnostics.error(
        "no built-in initiative is named '\(name.value)'"
          + Suggestion.hint(for: name.value, among: names)
          + " (an initiative of your own needs 'metrics')", at: name.mark)
      return nil
    }
    let known = Set(metrics.map(\.name))
    for (metric, _) in weights where !known.contains(metric.value) {
      diagnostics.error(
        "no metric named '\(metric.value)' in initiative '\(name.value)'"
          + Suggestion.hint(for: metric.value, among: known), at: metric.mark)
    }
    let changed = Dictionary(
      weights.map { ($0.metric.value, $0.weight) }, uniquingKeysWith: { first, _ in first })
    return Initiative(
      name: name.value, title: title ?? builtIn?.title ?? name.value,
      description: description ?? builtIn?.description ?? "",
      targetScore: targetScore ?? builtIn?.targetScore ?? 80, tracked: tracked,
      instances: instances,
      metrics: metrics.map { metric in
        Initiative.Metric(
          name: metric.name, title: metric.title, description: metric.description,
          weight: changed[metric.name] ?? metric.weight, recommendations: metric.recommendations,
          controls: metric.controls, mark: metric.mark)
      }, origin: builtIn == nil ? .desiredState : .catalog, mark: name.mark)
  }
}

extension Initiative.Metric {
  fileprivate static var decoder: NodeDecoder<Initiative.Metric> {
    .mapping { fields in
      let name = fields.required("name", as: .located(.dnsLabel))
      let title = fields.required("title", as: .text)
      let description = fields.optional("description", as: .text, default: "")
      let weight = fields.optional("weight", as: .choice(of: Weight.self), default: .medium)
      let recommendations = fields.optional(
        "recommendations", as: .list(of: .located(.string)), default: [])
      let controls = fields.optional(
        "controls",
        as: .list(
          of: NodeDecoder<Initiative.ControlPattern>.mapping { fields in
            guard let framework = fields.required("framework", as: .text) else { return nil }
            return Initiative.ControlPattern(
              framework: framework, prefix: fields.optional("prefix", as: .string, default: ""))
          }), default: [])
      guard let name, let title else { return nil }
      return Initiative.Metric(
        name: name.value, title: title, description: description, weight: weight,
        recommendations: recommendations, controls: controls, mark: name.mark)
    }
  }
}
