package import YAML

/// A goal that is tracked with a score and a target.
///
/// A built-in initiative, one of the repository's own, or a built-in one that the repository
/// adopts: target, weights, instances and the switch come from the repository then.
package struct Initiative: Sendable {
  /// The document's name, which is the built-in one's where that is adopted.
  package let name: String
  /// How reports name it.
  package let title: String
  /// What it is for.
  package let description: String
  /// The score to reach, 0 to 100.
  package let targetScore: Int
  /// Whether it is scored.
  package let tracked: Bool
  /// The instances that count.
  package let instances: InstanceSelector
  /// In order of writing.
  package let metrics: [Metric]
  /// Who wrote the metrics: the catalog or the repository.
  package let origin: Recommendation.Origin
  /// Where the document's name stands.
  package let mark: Mark

  /// A weighted part of an initiative: a set of recommendations.
  package struct Metric: Sendable {
    /// Unique within the initiative.
    package private(set) var name = ""
    /// How reports name it.
    package private(set) var title = ""
    /// What it is about; empty where nothing is said.
    package private(set) var description = ""
    /// How much it counts among the metrics.
    package var weight = Weight.medium
    /// The recommendations that are named one by one; `contains` counts those of `controls` too.
    package private(set) var recommendations: [Located<String>] = []
    /// Every recommendation that stands for such a control.
    package private(set) var controls: [ControlPattern] = []
    /// Where the metric is written.
    package private(set) var mark: Mark

    /// Whether the metric counts the recommendation.
    package func contains(_ recommendation: Recommendation) -> Bool {
      recommendations.contains { $0.value == recommendation.name }
        || controls.contains { pattern in recommendation.controls.contains(where: pattern.matches) }
    }
  }

  /// A framework's controls whose identifier begins with a prefix.
  package struct ControlPattern: Sendable {
    /// The framework's name: `okta-stig`.
    package private(set) var framework = ""
    /// How the identifiers begin; empty for all controls of the framework.
    package private(set) var prefix = ""

    /// Whether the control is of the framework, and its identifier begins so.
    package func matches(_ control: Recommendation.Control) -> Bool {
      control.framework == framework && control.id.hasPrefix(prefix)
    }
  }
}

extension Initiative.Metric: Described {
  package init(at node: Node) { self.init(mark: node.mark) }

  package static let fields: [Field<Self>] = [
    .required("name", \.name, .dnsLabel, "Unique within the initiative.", .weakens),
    .required("title", \.title, .text, "How reports name it.", .neutral),
    .optional("description", \.description, .text, "What it is about.", .neutral),
    .optional(
      "weight", \.weight, .choice(of: Weight.self), "How much it counts; medium by default.",
      .weight),
    .optional(
      "recommendations", \.recommendations, .list(of: .located(.string)),
      "Named recommendations.", .list(more: .strengthens, fewer: .weakens)),
    .optional(
      "controls", \.controls, .list(of: .object),
      "Every recommendation that stands for such a control.",
      .list(more: .strengthens, fewer: .weakens)),
    .check { metric, fields in metric.mark = fields.node("name")?.mark ?? metric.mark },
  ]
}

extension Initiative.ControlPattern: Described {
  package init(at node: Node) { self.init() }

  package static let fields: [Field<Self>] = [
    .required("framework", \.framework, .text, "The framework, such as okta-stig."),
    .optional(
      "prefix", \.prefix, .string, "How the controls' identifiers begin; all by default."),
  ]
}
