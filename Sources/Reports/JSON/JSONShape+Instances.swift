internal import JSON
internal import Posture

extension JSONShape<InstancePlan> {
  /// An instance, with its results.
  static func instance(maxAffected: Int) -> Self {
    Self([
      .value("name", \.name), .value("app", \.app), .value("displayName", \.displayName),
      .value("recommendations", oneOf: ["on", "off"]) { $0.recommendations ? "on" : "off" },
      .value("observedAt", \.observedAt), .value("stale", \.isStale),
      .value("staleReason") { $0.staleReason.map(Phrases.text) },
      .optional("staleCode", \.staleReason?.code), .nullable("failure", \.staleReason?.fault),
      .value("score", \.card.score?.rounded), .value("before", \.before?.rounded),
      .optionalList("sources", of: .source) { $0.sources },
      .list("collections", of: .collection, \.collections),
      .list("results", of: .result(maxAffected: maxAffected), \.results),
    ])
  }
}

extension JSONShape<Snapshot.Source> {
  /// One of several sources.
  fileprivate static var source: Self {
    Self([
      .value("name", \.name), .value("observedAt", \.observedAt), .optional("digest", \.digest),
      .value("stale") { $0.staleReason != nil },
      .value("staleReason") { $0.staleReason.map(Phrases.text) },
      .optional("staleCode", \.staleReason?.code),
    ])
  }
}

extension JSONShape<CollectionSummary> {
  fileprivate static var collection: Self {
    Self([
      .value("name", \.name), .value("state", \.state), .value("count", \.count),
      .optional("code", \.fault?.code), .value("reason", \.fault?.detail),
      .optional("source", \.source),
    ])
  }
}

extension JSONShape<RecommendationResult> {
  static func result(maxAffected: Int) -> Self {
    Self(
      [
        .value("recommendation", \.name), .value("title", \.title), .value("impact", \.impact),
        .nullable("category", \.category),
      ] + standing(maxAffected: maxAffected).members + [
        .list("controls", of: .control, \.controls),
        .optional("manage", \.manage),
      ])
  }

  /// How one instance stands to a recommendation.
  ///
  /// What is asked of `state` is read where it stands; whatever makes a decision or a verdict of its own copies it for each member.
  static func standing(maxAffected: Int) -> Self {
    let points = JSONShape<Standing>([
      .value("earned", \.earned.rounded), .value("possible", \.possible),
    ])
    let affected = JSONShape<AffectedResource>([
      .value("id", \.id), .value("label", \.label), .value("settings", \.settings),
    ])
    // What the verdict counted, beside what was expected; `expected` is about the settings of affected
    // resources too.
    let evidence = JSONShape<Fact>([
      .value("name", \.name), .value("value", \.value), .optional("expected", \.expected),
    ])
    let source = JSONShape<(key: String, value: String)>([
      .value("collection", \.key), .value("source", \.value),
    ])
    let placement = JSONShape<RecommendationResult.Placement>([
      .value("name", \.initiative), .value("metric", \.metric), .value("impact", \.impact.rounded),
    ])
    return Self([
      .value("compliance", \.state.decision.compliance), .nullable("status", \.status),
      .value("stale", \.isStale), .value("reason", \.state.decision.reasonText),
      .nullable("reasonCode", \.state.decision.reason?.code), .object("points", points, \.standing),
      .value("counted", \.state.decision.counted),
      .value("compliantCount", \.state.decision.compliantCount),
      .value("affectedCount", \.state.decision.affectedCount),
      .value("exemptCount", \.state.decision.exemptCount),
      .list(
        "affected", of: affected, most: maxAffected, text: \.state.decision.affectedText,
        \.state.decision.affected),
      .list("evidence", of: evidence, \.state.verdict.facts),
      .values("expected") { $0.state.verdict.expected.map { ($0.name, $0.value) } },
      .list("initiatives", of: placement, \.placements),
      .optional("exception", \.exception), .value("since", \.since),
      .optionalList("sources", of: source) { $0.state.verdict.sources.sorted { $0.key < $1.key } },
    ])
  }
}

extension JSONShape<Recommendation.Control> {
  /// A framework's control that a recommendation decides, or a part of it.
  static var control: Self {
    Self([.value("framework", \.framework), .value("id", \.id), .optional("part", \.part)])
  }
}

/// What the catalog says of a recommendation, which is the same on every instance.
struct CatalogWords {
  let name: String
  let app: String
  let title: String
  /// Nil where the catalog knows it no more.
  let recommendation: Recommendation?

  /// Of all that has results, by name.
  static func of(_ plan: Comparison) -> [CatalogWords] {
    var byName: [String: CatalogWords] = [:]
    for instance in plan.instances {
      for result in instance.results where !byName.keys.contains(result.name) {
        byName[result.name] = CatalogWords(
          name: result.name, app: instance.app, title: result.title,
          recommendation: result.recommendation)
      }
    }
    return byName.values.sorted { $0.name < $1.name }
  }
}

extension JSONShape<CatalogWords> {
  static var words: Self {
    Self([
      .value("name", \.name), .value("app", \.app), .value("title", \.title),
      .optional("rationale", \.recommendation?.rationale),
      .optional("remediation", \.recommendation?.remediation),
    ])
  }
}
