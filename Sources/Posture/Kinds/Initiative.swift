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
    package let name: String
    package let title: String
    package let description: String
    package let weight: Weight
    /// Named recommendations; which they are with `controls`, `Initiative.members` tells.
    package let recommendations: [Located<String>]
    /// Every recommendation that stands for such a control.
    package let controls: [ControlPattern]
    package let mark: Mark

    package init(
      name: String, title: String, description: String, weight: Weight,
      recommendations: [Located<String>], controls: [ControlPattern], mark: Mark
    ) {
      self.name = name
      self.title = title
      self.description = description
      self.weight = weight
      self.recommendations = recommendations
      self.controls = controls
      self.mark = mark
    }

    /// Whether the metric counts the recommendation.
    package func contains(_ recommendation: Recommendation) -> Bool {
      recommendations.contains { $0.value == recommendation.name }
        || controls.contains { pattern in recommendation.controls.contains(where: pattern.matches) }
    }
  }

  /// A framework's controls whose identifier begins with a prefix.
  package struct ControlPattern: Sendable {
    package let framework: String
    package let prefix: String

    package init(framework: String, prefix: String) {
      self.framework = framework
      self.prefix = prefix
    }

    package func matches(_ control: Recommendation.Control) -> Bool {
      control.framework == framework && control.id.hasPrefix(prefix)
    }
  }
}
