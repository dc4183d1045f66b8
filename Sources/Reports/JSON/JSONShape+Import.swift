internal import JSON
internal import Posture

extension JSONShape<ImportedScore> {
  /// What a vendor's own score says of an instance.
  static func imported(from source: ImportedSource) -> Self {
    let counted = Self([
      .value("earned", \.counted.earned.number), .value("possible", \.counted.possible.number),
      .value("count", \.counted.count), .value("samePractice", \.counted.same),
    ])
    let effect = JSONShape<Effect>([
      .value("control", \.subject), .value("from", \.from.state),
      .value("to", oneOf: source.states, \.to.state), .value("exception", \.because),
      .value("comment", \.to.comment),
      .value("obstacle") {
        $0.isLeftAlone ? Phrases.decidedElsewhere($0.from, in: source) : nil
      },
    ])
    let record = JSONShape<Effect.Record>([
      .value("control", \.subject), .value("state", oneOf: source.states, \.state),
      .value("exception", \.because), .value("outcome", \.outcome.kind),
      .optional("code", \.outcome.fault?.code),
      .value("reason") { Phrases.reason(of: $0, in: source) }, .value("at", \.at),
    ])
    return Self([
      .constant("source", source.name), .value("instance", \.instance),
      .value("scoredAt", \.scoredAt), .value("currentScore", \.current?.number),
      .value("maxScore", \.possible?.number), .value("reason") { $0.obstacle.map(Phrases.text) },
      .object("counted", counted) { $0 },
      .list("recommendations", of: .imported, \.recommendations),
      .list("writeBack", of: effect, \.effects), .list("written", of: record, \.records),
    ])
  }
}

extension JSONShape<ImportedRecommendation> {
  fileprivate static var imported: Self {
    let points = JSONShape<ImportedControl>([
      .value("earned", \.earned?.number), .value("possible", \.possible.number),
    ])
    let same = JSONShape<ImportedRecommendation.SamePractice>([
      .value("instance", \.instance), .value("recommendation", \.recommendation),
    ])
    return Self([
      .value("recommendation", \.name), .value("id", \.control.id),
      .value("title", \.control.title), .value("service", \.control.service),
      .value("app", \.app), .value("instance", \.instance),
      .value("category", \.control.category), .value("tier", \.control.tier),
      .value("compliance", \.compliance), .nullable("status", \.status),
      .value("reason") { $0.reason.map(Phrases.text) }, .object("points", points, \.control),
      .value("counted", \.isCounted), .list("samePractice", of: same, \.same),
      .value("userImpact", \.control.userImpact),
      .value("implementationCost", \.control.implementationCost),
      .value("threats", \.control.threats), .value("standing", \.control.standing),
      .value("state", \.control.decision.state), .value("deprecated", \.control.isDeprecated),
      .optional("exception", \.exception), .value("remediation", \.control.remediation),
      .optional("manage", \.control.manage),
    ])
  }
}
