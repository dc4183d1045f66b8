internal import Text
package import YAML

/// An initiative document as it was written: a definition of its own, or the adoption of a built-in
/// one, whose metrics and words then come from the catalog.
package struct InitiativeDocument: Kind {
  /// The document's name; a built-in initiative's to adopt that one.
  package let name: Located<String>
  /// How reports name it; nil where the document does not say.
  package private(set) var title: String?
  /// What it is for; nil where the document does not say.
  package private(set) var description: String?
  /// The score to reach, 0 to 100; nil where the document does not say.
  package private(set) var targetScore: Int?
  /// Whether it is scored.
  package private(set) var tracked = true
  /// The instances that count.
  package private(set) var instances = InstanceSelector.all
  /// Weights by metric, for an initiative that is adopted.
  package private(set) var weights: [YAML.NamedValue<Weight>] = []
  /// The metrics of an initiative of one's own; nil where a built-in one is adopted.
  package private(set) var metrics: [Initiative.Metric]?

  package init(_ envelope: Envelope) { name = envelope.name }

  package static let summary =
    "A goal that is tracked with a score and a target: a built-in one that is adopted, or one's own."

  package static let example = """
    title: Identities of Contoso
    targetScore: 85
    instances: { matchLabels: { region: eu } }
    metrics:
      - { name: mfa, title: Everybody signs in with MFA, weight: high, recommendations: [okta-mfa-required] }
      - { name: stig, title: Okta STIG, controls: [{ framework: okta-stig }] }
    """

  package static let changed = Change.Kind.initiativeChanged
  package static let differences: [FieldDifference] = [
    .initiativeItself, .neutral(of: "metadata.labels"),
  ]

  package static let fields: [Field<InitiativeDocument>] = [
    .optional("title", \.title, .text, "How reports name it.", .neutral),
    .optional("description", \.description, .text, "What it is for.", .neutral),
    .optional(
      "targetScore", \.targetScore, .integer(in: 0...100), "The score to reach; 80 by default.",
      .targetScore),
    .optional("tracked", \.tracked, .switch, "Whether it is scored; on by default.", .tracked),
    .optional(
      "instances", \.instances, .instances, "The instances that count; all by default.",
      .counted),
    .optional(
      "weights", \.weights, .entries(of: .choice(of: Weight.self)),
      "Weights by metric; riskAccepted leaves a metric out.", .weights),
    .optional(
      "metrics", \.metrics, .nonEmptyList(of: .object),
      "The metrics of an initiative of one's own; a built-in one is adopted without.",
      .coming(.strengthens, going: .weakens, of: "[].!"),
      isDecisive: true),
  ]

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
    for metric in weights.map(\.name) where !known.contains(metric.value) {
      diagnostics.error(
        "no metric named '\(metric.value)' in initiative '\(name.value)'"
          + Suggestion.hint(for: metric.value, among: known), at: metric.mark)
    }
    return Initiative(
      name: name.value, title: title ?? builtIn?.title ?? name.value,
      description: description ?? builtIn?.description ?? "",
      targetScore: targetScore ?? builtIn?.targetScore ?? 80, tracked: tracked,
      instances: instances,
      metrics: metrics.map { metric in
        var metric = metric
        if let changed = weights.first(where: { $0.name.value == metric.name }) {
          metric.weight = changed.value.value
        }
        return metric
      }, origin: builtIn == nil ? .desiredState : .catalog, mark: name.mark)
  }
}
