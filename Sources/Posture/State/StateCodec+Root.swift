internal import Connectors
package import JSON

extension StateCodec {
  /// The top file: everything but the instances' results, with the scores as they were printed, so
  /// that history is read from it alone.
  package static func encode(_ snapshot: Snapshot) -> JSONValue {
    var members = Members()
    members.add("apiVersion", apiVersion)
    members.add("kind", kind)
    members.add("initiatives", .array(snapshot.scores.map(encode)))
    members.add(
      "instances",
      .array(
        snapshot.instances.map { instance in
          let card = ScoreCard(instance.standings)
          var members = Members()
          members.add("name", instance.name)
          members.add("app", instance.app)
          members.add("recommendations", instance.recommendations ? "on" : "off")
          members.add("observedAt", instance.observedAt)
          members.add("score", number(card.score))
          members.add("exactScore", card.score?.text)
          members.add("coverage", number(card.coverage.percentage))
          members.add("verdicts", verdicts(instance))
          return members.value
        }))
    members.add("exceptions", .array(snapshot.exceptions.map(encode)))
    if !snapshot.disabled.isEmpty {
      members.add("disabled", .array(snapshot.disabled.sorted().map(JSONValue.string)))
    }
    return members.value
  }

  private static func encode(_ score: InitiativeScore) -> JSONValue {
    var members = Members()
    members.add("name", score.definition.name)
    members.add("title", score.definition.title)
    members.add("targetScore", score.definition.targetScore)
    members.add("score", number(score.score))
    members.add("exactScore", score.score?.text)
    members.add("plannedScore", number(score.plannedScore))
    members.add("achievableScore", number(score.achievableScore))
    members.add("coverage", number(score.coverage.percentage))
    members.add("instances", .array(score.definition.instances.map(JSONValue.string)))
    members.add(
      "metrics",
      .array(
        score.metrics.map { metric in
          var members = Members()
          members.add("name", metric.definition.name)
          members.add("title", metric.definition.title)
          members.add("weight", metric.definition.weight.rawValue)
          members.add("value", number(metric.card.score))
          members.add("exactValue", metric.card.score?.text)
          members.add("earned", .double(metric.card.earned.rounded))
          members.add("possible", metric.card.possible)
          members.add(
            "recommendations", .array(metric.definition.recommendations.map(JSONValue.string)))
          return members.value
        }))
    return members.value
  }

  /// The digest of what was found and decided, without what changes from one observation to the
  /// next while nothing happens: history passes over the files of instances where it stays.
  private static func verdicts(_ instance: Snapshot.Instance) -> String? {
    guard instance.recommendations else { return nil }
    let lines = instance.results.map { result in
      let decision = result.decision
      let exceptions = decision.holding.keys.sorted()
        .map { "\($0)=\(result.verdict.tally.matches(of: $0))" }
      return [
        result.name, result.digest, decision.compliance.rawValue,
        result.status?.rawValue ?? "", result.exception ?? "", String(decision.counted),
        String(decision.affectedCount), exceptions.joined(separator: ","),
      ].joined(separator: " ")
    }
    return String(Digest.sha256(lines.joined(separator: "\n")).prefix(16))
  }

  private static func number(_ fraction: Fraction?) -> JSONValue {
    fraction.map { .double($0.rounded) } ?? .null
  }

  /// The top file's part of the recorded state, and the names of the instances that have files.
  package static func decodeRoot(
    _ value: JSONValue, path: String
  ) throws(ReadError) -> (state: Snapshot, instances: [String]) {
    let reader = StateReader(path: path, value: value)
    try reader.check(kind: kind)
    var state = Snapshot(
      initiatives: try reader.list("initiatives").map { reader throws(ReadError) in
        InitiativeDefinition(
          name: try reader.string("name"), title: try reader.string("title"),
          targetScore: try reader.count("targetScore"), instances: try reader.strings("instances"),
          metrics: try reader.list("metrics").map { reader throws(ReadError) in
            InitiativeDefinition.Metric(
              name: try reader.string("name"), title: try reader.string("title"),
              weight: try reader.choice("weight", as: Weight.self),
              recommendations: try reader.strings("recommendations"))
          })
      }, instances: [], exceptions: try reader.list("exceptions").map(decodeException))
    state.disabled = Set(try reader.strings("disabled"))
    return (
      state,
      try reader.list("instances").map { reader throws(ReadError) in
        try reader.string("name")
      }
    )
  }
}
