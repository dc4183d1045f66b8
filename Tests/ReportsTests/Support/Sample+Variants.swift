import Posture
import YAML

@testable import Reports

extension Sample {
  /// Everything about one recommendation that both instances fail.
  static var explanation: Explanation {
    Explanation(
      recommendation("okta-password-minimum-length"), appTitle: "Okta",
      initiatives: desired.initiatives, results: eventful.instances.flatMap(\.results))
  }

  /// The same result of a recommendation of another name.
  static func named(_ result: RecommendationResult, _ name: String) -> RecommendationResult {
    let text =
      catalog.split(separator: "---\n").map(String.init)
      .first { $0.contains(result.name) && $0.contains("kind: Recommendation") }
      ?? ""
    let library = DecodedCatalog(
      files: [("one.yaml", Array(text.replacing(result.name, with: name).utf8))],
      diagnostics: Diagnostics())
    var state = result.state
    state.name = name
    return RecommendationResult(
      like: result, state: state, recommendation: library.recommendations[name]!)
  }

  /// The same instance with other results.
  static func with(_ instance: InstancePlan, results: [RecommendationResult]) -> InstancePlan {
    var other = instance
    other.results = results
    other.card = ScoreCard(results.map(\.standing))
    return other
  }
}
