package import YAML

/// A goal that is tracked with a score and a target.
///
/// A built-in initiative, one of the repository's own, or a built-in one that the repository
/// adopts: target, weights, instances and the switch come from the repository then.
package struct Initiative: Sendable {
  package let name: String
  package let title: String
  package let description: String
  package let targetScore: Int
  package let tracked: Bool
  package let instances: InstanceSelector
  package let metrics: [Metric]
  /// Whose the metrics are.
  package let origin: Recommendation.Origin
  package let mark: Mark

  /// A weighted part of an initiative: a set of recommendations.
  package struct Metric: Sendable {
    package private(set) var name = ""
    package private(set) var title = ""
    package private(set) var description = ""
    package var weight = Weight.medium
    /// Named recommendations; which they are with `controls`, `Initiative.members` tells.
    package private(set) var recommendations: [Located<String>] = []
    /// Every recommendation that stands for such a control.
    package private(set) var controls: [ControlPattern] = []
    package private(set) var mark: Mark

    /// Whether the metric counts the recommendation.
    package func contains(_ recommendation: Recommendation) -> Bool {
      recommendations.contains { $0.value == recommendation.name }
        || controls.contains { pattern in recommendation.controls.contains(where: pattern.matches) }
    }
  }

  /// A framework's controls whose identifier begins with a prefix.
  package struct ControlPattern: Sendable {
    package private(set) var framework = ""
    package private(set) var prefix = ""

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
