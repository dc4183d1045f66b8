internal import Connectors
internal import JSON
internal import Text
internal import YAML

/// Applies a repository's overrides to the recommendations that they name.
struct Overriding {
  let overrides: [RecommendationOverride]
  let diagnostics: Diagnostics

  init(_ overrides: [RecommendationOverride], diagnostics: Diagnostics) {
    self.overrides = overrides.sorted { $0.name < $1.name }
    self.diagnostics = diagnostics
  }

  func apply(to recommendations: [Recommendation], known: CatalogNames) -> [Recommendation] {
    var byName = recommendations.keyed(by: \.name)
    var changedBy: [String: String] = [:]
    for override in overrides {
      for name in override.recommendations {
        guard var recommendation = byName[name.value] else {
          diagnostics.error(
            "no recommendation named '\(name.value)'"
              + Suggestion.hint(
                for: name.value, among: known.all(.recommendation).union(byName.keys)),
            at: name.mark)
          continue
        }
        if let other = changedBy[name.value] {
          diagnostics.error(
            "'\(name.value)' is already changed by the override '\(other)'", at: name.mark)
        }
        changedBy[name.value] = override.name
        change(&recommendation, by: override)
        byName[name.value] = recommendation
      }
    }
    return byName.values.sorted { $0.name < $1.name }
  }

  private func change(_ recommendation: inout Recommendation, by override: RecommendationOverride) {
    for (name, value) in override.parameters.map({ ($0.name, $0.value.value) }) {
      guard let index = recommendation.parameters.firstIndex(where: { $0.name == name.value })
      else {
        let known = recommendation.parameters.map(\.name)
        diagnostics.error(
          "'\(recommendation.name)' has no parameter '\(name.value)'"
            + (known.isEmpty
              ? "; it has none" : Suggestion.hint(for: name.value, among: known)),
          at: name.mark)
        continue
      }
      let old = recommendation.parameters[index].value
      guard old.typeName == value.typeName else {
        diagnostics.error(
          "parameter '\(name.value)' is a \(old.typeName), not a \(value.typeName)", at: name.mark)
        continue
      }
      recommendation.parameters[index].value = value
    }
    if let impact = override.impact {
      recommendation.impact = impact
      recommendation.points = impact.points
    }
    if let enabled = override.enabled { recommendation.isEnabled = enabled }
    recommendation.isOverridden = true
    recommendation.digest = Digest.sha256(recommendation.digest + override.digest)
    recommendation.declaration = Digest.sha256((recommendation.declaration ?? "") + override.digest)
  }
}

extension JSONValue {
  /// The type as messages name it.
  fileprivate var typeName: String {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .int, .uint, .double: "number"
    case .string: "string"
    case .array: "list"
    case .object: "mapping"
    }
  }
}
