package import JSON

extension StateCodec {
  /// The top file: everything but the instances' results, with the scores as they were printed, so
  /// that history is read from it alone.
  package static func encode(_ plan: Plan) -> JSONValue {
    var members = Members()
    members.add("apiVersion", apiVersion)
    members.add("kind", kind)
    members.add("initiatives", .array(plan.initiatives.map(encode)))
    members.add(
      "instances",
      .array(
        plan.instances.map { instance in
          var members = Members()
          members.add("name", instance.name)
          members.add("app", instance.app)
          members.add("recommendations", instance.recommendations ? "on" : "off")
          members.add("observedAt", instance.observedAt)
          members.add("score", number(instance.card.score))
          members.add("exactScore", instance.card.score?.text)
          members.add("coverage", number(instance.card.coverage.percentage))
          members.add("verdicts", verdicts(instance))
          return members.value
        }))
    members.add(
      "exceptions",
      .array(
        plan.exceptions.map { item in
          var members = Members()
          members.add("name", item.exception.name)
          members.add("digest", item.exception.digest)
          members.add("state", item.state.rawValue)
          return members.value
        }))
    if !plan.disabled.isEmpty {
      members.add("disabled", .array(plan.disabled.map(JSONValue.string)))
    }
    return members.value
  }

  private static func encode(_ initiative: InitiativePlan) -> JSONValue {
    let score = initiative.score
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
  private static func verdicts(_ instance: InstancePlan) -> String? {
    guard instance.recommendations else { return nil }
    let lines = instance.results.map { result in
      let evaluation = result.evaluation
      let exceptions = evaluation.exceptionMatches.sorted { $0.key < $1.key }
        .map { "\($0.key)=\($0.value)" }
      return [
        result.recommendation.name, result.recommendation.digest, evaluation.compliance.rawValue,
        result.status?.rawValue ?? "", result.exception ?? "", String(evaluation.counted),
        String(evaluation.affectedCount), exceptions.joined(separator: ","),
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
  ) throws(Fault) -> (state: RecordedState, instances: [String]) {
    let reader = StateReader(path: path, value: value)
    try reader.check(kind: kind)
    var state = RecordedState(initiatives: [], instances: [:], exceptions: [:])
    state.initiatives = try reader.list("initiatives").map { reader throws(Fault) in
      InitiativeDefinition(
        name: try reader.string("name"), title: try reader.string("title"),
        targetScore: try reader.count("targetScore"), instances: try reader.strings("instances"),
        metrics: try reader.list("metrics").map { reader throws(Fault) in
          InitiativeDefinition.Metric(
            name: try reader.string("name"), title: try reader.string("title"),
            weight: try reader.choice("weight", as: Weight.self),
            recommendations: try reader.strings("recommendations"))
        })
    }
    for reader in try reader.list("exceptions") {
      state.exceptions[try reader.string("name")] = RecordedException(
        digest: try reader.string("digest"),
        state: try reader.choice("state", as: ExceptionPlan.State.self))
    }
    state.disabled = Set(try reader.strings("disabled"))
    return (
      state,
      try reader.list("instances").map { reader throws(Fault) in
        try reader.string("name")
      }
    )
  }
}

extension RecordedInstance {
  /// What apply writes down of an instance in a plan.
  package init(_ plan: InstancePlan) {
    self.init(
      app: plan.app, displayName: plan.displayName, recommendations: plan.recommendations,
      digest: plan.digest, observedAt: plan.observedAt, observationDigest: plan.observationDigest,
      collections: plan.collections, staleReason: plan.staleReason,
      results: plan.results.map { result in
        var recorded = RecordedResult(
          recommendation: result.recommendation.name, title: result.recommendation.title,
          digest: result.recommendation.digest, declaration: result.recommendation.declaration,
          points: result.recommendation.points,
          status: result.status, exception: result.exception, since: result.since,
          evaluation: result.evaluation)
        recorded.cause = result.cause
        recorded.affectedCause = result.affectedCause
        return recorded
      })
    failure = plan.failure
    judgedAt = plan.judgedAt
    breakGlass = plan.breakGlass
  }
}
