internal import Connectors
package import JSON

extension StateCodec {
  /// Writes the top file: everything but the instances' results, with the scores as they were
  /// printed, so that history reads this file alone.
  package static func encode(_ snapshot: Snapshot) -> JSONValue {
    RecordedRoot(
      initiatives: snapshot.scores.map { RecordedInitiative(definition: $0.definition, score: $0) },
      instances: snapshot.instances.map { RecordedRow(name: $0.name, instance: $0) },
      exceptions: Array(snapshot.exceptions), disabled: snapshot.disabled
    ).recorded
  }

  /// Reads the top file: its part of the recorded state, and the names of the instances that have
  /// files.
  package static func decodeRoot(
    _ value: JSONView, path: String
  ) throws(ReadError) -> (state: Snapshot, instances: [String]) {
    let root = try RecordedRoot(StateReader(path: path, value: value))
    let state = Snapshot(
      initiatives: root.initiatives.map(\.definition), instances: [], exceptions: root.exceptions,
      disabled: root.disabled)
    return (state, root.instances.map(\.name))
  }
}

private struct RecordedRoot: Recorded {
  var initiatives: [RecordedInitiative] = []
  var instances: [RecordedRow] = []
  var exceptions: [Snapshot.Exception] = []
  var disabled: Set<String> = []

  static var blank: Self { Self() }

  mutating func exchange(_ members: inout StateMembers) {
    members.document(StateCodec.kind)
    members.list("initiatives", &initiatives)
    members.list("instances", &instances)
    members.list("exceptions", &exceptions)
    members.texts(unlessEmpty: "disabled", &disabled)
  }
}

/// What is declared of an initiative, and beside it the score for those who read history.
private struct RecordedInitiative: Recorded {
  var definition: InitiativeDefinition
  /// nil where it is read: scores are computed anew.
  var score: InitiativeScore?

  static var blank: Self {
    Self(
      definition: InitiativeDefinition(
        name: "", title: "", targetScore: 0, instances: [], metrics: []))
  }

  mutating func exchange(_ members: inout StateMembers) {
    members.text("name", &definition.name)
    members.text("title", &definition.title)
    members.count("targetScore", &definition.targetScore)
    members.derived("score", number(score?.score))
    members.derived("exactScore", (score?.score?.text).map(JSONValue.string))
    members.derived("plannedScore", number(score?.plannedScore))
    members.derived("achievableScore", number(score?.achievableScore))
    members.derived("coverage", number(score?.coverage.percentage))
    members.texts("instances", &definition.instances)
    var metrics =
      score?.metrics.map { RecordedMetric(definition: $0.definition, card: $0.card) } ?? []
    members.list("metrics", &metrics)
    definition.metrics = metrics.map(\.definition)
  }
}

private struct RecordedMetric: Recorded {
  var definition: InitiativeDefinition.Metric
  var card: ScoreCard?

  static var blank: Self {
    Self(
      definition: InitiativeDefinition.Metric(
        name: "", title: "", weight: .medium, recommendations: []))
  }

  mutating func exchange(_ members: inout StateMembers) {
    members.text("name", &definition.name)
    members.text("title", &definition.title)
    members.word("weight", &definition.weight)
    members.derived("value", number(card?.score))
    members.derived("exactValue", (card?.score?.text).map(JSONValue.string))
    members.derived("earned", card.map { .double($0.earned.rounded) })
    members.derived("possible", card.map { .int(Int64($0.possible)) })
    members.texts("recommendations", &definition.recommendations)
  }
}

/// A line of the list of instances: its file says the rest.
private struct RecordedRow: Recorded {
  var name: String
  var instance: Snapshot.Instance?

  static var blank: Self { Self(name: "") }

  mutating func exchange(_ members: inout StateMembers) {
    members.text("name", &name)
    guard let instance else { return }
    let card = ScoreCard(instance.standings)
    members.derived("app", .string(instance.app))
    members.derived("recommendations", instance.recommendations ? "on" : "off")
    members.derived("observedAt", instance.observedAt.map { .string($0.description) })
    members.derived("score", number(card.score))
    members.derived("exactScore", (card.score?.text).map(JSONValue.string))
    members.derived("coverage", number(card.coverage.percentage))
    members.derived("verdicts", instance.verdictsDigest.map(JSONValue.string))
  }
}

private func number(_ fraction: Fraction?) -> JSONValue {
  fraction.map { .double($0.rounded) } ?? .null
}

extension Snapshot.Instance {
  /// The digest of what was found and decided, without what changes from one observation to the
  /// next while nothing happens. History passes over the files of instances where it stays the
  /// same; nil where the instance is off.
  fileprivate var verdictsDigest: String? {
    guard recommendations else { return nil }
    let lines = results.map { result in
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
}
