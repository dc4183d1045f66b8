internal import JSON
internal import Posture
internal import Text
internal import YAML

extension JSONReport {
  /// `plumb explain`: one recommendation, and how the instances stand to it.
  ///
  /// - Returns: An object of kind `Explanation`; `results` are as in a plan, each with its `instance`.
  package static func explain(_ explanation: Explanation, maxAffected: Int = 100) -> [UInt8] {
    bytes(.explanation(maxAffected: maxAffected), of: explanation)
  }
}

extension JSONShape<Explanation> {
  static func explanation(maxAffected: Int) -> Self {
    let membership = JSONShape<Explanation.Membership>([
      .value("initiative", \.initiative.name), .value("metric", \.metric.name),
      .value("weight", \.metric.weight),
    ])
    let result = JSONShape<RecommendationResult>(
      [.value("instance", \.instance)]
        + JSONShape<RecommendationResult>.standing(
          maxAffected: maxAffected
        ).members)
    let exception = JSONShape<Posture.Exception>([
      .value("name", \.name), .value("status", \.status), .value("owner", \.owner),
      .value("justification", \.justification), .value("ticket", \.ticket),
      .value("expires", \.expires?.description),
    ])
    return Self(
      document: "Explanation",
      JSONShape<Recommendation>.recommendation.of(\.recommendation) + [
        .list("countsIn", of: membership, \.memberships), .list("results", of: result, \.results),
        .list("exceptions", of: exception, \.exceptions),
      ])
  }
}

extension JSONShape<Recommendation> {
  /// What the recommendation says: CEL as it was written.
  fileprivate static var recommendation: Self {
    let difference = JSONShape<Recommendation.Difference>([
      .value("framework", \.framework), .value("id", \.id), .value("direction", \.direction),
      .value("why", \.why), .value("reference", \.reference),
    ])
    let reference = JSONShape<Recommendation.Reference>([
      .value("title", \.title), .value("url", \.url),
    ])
    return Self([
      .value("recommendation", \.name), .value("app", \.app.value), .value("title", \.title),
      .value("impact", \.impact), .value("points", \.points), .value("category", \.category),
      .value("userImpact", \.userImpact), .value("implementationCost", \.implementationCost),
      .value("threats") { $0.threats.map(\.rawValue) }, .value("enabled", \.isEnabled),
      .value("declared", \.isDeclared), .value("collection", \.collection?.value),
      .values("parameters") { $0.parameters.map { ($0.name, $0.value) } },
      .expressions("variables", \.variables), .value("where", \.filter?.value),
      .value("compliant", \.compliant.value), .value("label", \.label?.value),
      .expressions("settings", \.settings), .expressions("evidence", \.evidence),
      .value("affected", \.affected?.value), .expressions("expected", \.expected),
      .value("rationale", \.rationale), .value("remediation", \.remediation),
      .value("manage", \.manage), .list("controls", of: .control, \.controls),
      .list("differs", of: difference, \.differs), .list("references", of: reference, \.references),
    ])
  }
}

extension JSONShape<Recommendation>.Member {
  fileprivate static func expressions(
    _ name: String, _ list: @escaping (Recommendation) -> [Recommendation.Expression]
  ) -> Self {
    .values(name) { list($0).map { ($0.name.value, .string($0.source.value)) } }
  }
}
