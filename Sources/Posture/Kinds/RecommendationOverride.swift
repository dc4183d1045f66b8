internal import Connectors
package import JSON
package import YAML

/// A repository's changes to named recommendations.
package struct RecommendationOverride: Kind {
  /// The document's name.
  package let name: String
  /// The names of the recommendations that it changes, with their places.
  package private(set) var recommendations: [Located<String>] = []
  /// Values that replace those of the recommendations' parameters, by name.
  package private(set) var parameters: [YAML.NamedValue<JSONValue>] = []
  /// The impact in place of their own; nil to keep it.
  package private(set) var impact: Impact?
  /// Whether they are in force; nil to keep what they are.
  package private(set) var enabled: Bool?
  /// Where the document's name stands.
  package let mark: Mark
  /// SHA-256 of the document's meaning: layout and comments do not count.
  package let digest: String

  package static let summary = "Changes to named recommendations of the catalog."

  package static let example = """
    recommendation: okta-password-minimum-length
    parameters: { minimumLength: 16 }
    impact: high
    """

  package static let changed = Change.Kind.recommendationChanged

  package static let fields: [Field<RecommendationOverride>] = [
    .recommendationNames(
      \.recommendations, "The name of the one recommendation that is meant.",
      // By these an override is taken apart: see `bySubject`.
      .weakens),
    .optional(
      "parameters", \.parameters, .entries(of: .json), "New values of parameters.",
      .overriddenParameters),
    .optional(
      "impact", \.impact, .choice(of: Impact.self), "Another impact, with its points.", .points),
    .optional("enabled", \.enabled, .switch, "Whether it is in force anywhere.", .enabled),
  ]

  package init(_ envelope: Envelope) {
    name = envelope.name.value
    mark = envelope.name.mark
    digest = envelope.spec.meaningDigest
  }
}
