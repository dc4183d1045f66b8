internal import JSON
internal import Posture

/// Lists what differs for initiatives and scores.
struct InitiativeDiffer {
  let plan: Plan
  let recorded: RecordedState
  let declarations: DeclarationIndex
  /// By instance: to name the causes of a score that moved.
  let movements: [String: [InstanceDiffer.Movement]]
  /// Whether two desired states are compared on the same observations: whatever moves, they bring about.
  var isDeclared = false

  func changes() -> [Change] {
    var changes: [Change] = []
    let old = Dictionary(
      recorded.initiatives.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for initiative in plan.initiatives {
      let definition = initiative.score.definition
      guard let earlier = old[definition.name] else {
        changes.append(
          Change(
            .initiativeTracked, initiative: definition.name,
            to: .int(Int64(definition.targetScore)), cause: .desiredState,
            reason: "tracked with target \(definition.targetScore)"))
        continue
      }
      let redefinitions = declared(definition, from: earlier)
      changes += redefinitions
      changes += scores(initiative, redefinitions: redefinitions)
    }
    let tracked = Set(plan.initiatives.map(\.name))
    for earlier in recorded.initiatives where !tracked.contains(earlier.name) {
      changes.append(
        Change(
          .initiativeUntracked, initiative: earlier.name, cause: .desiredState,
          reason: "no longer tracked"))
    }
    for instance in plan.instances {
      guard let before = instance.before, let after = instance.card.score, before != after else {
        continue
      }
      changes.append(
        score(
          before, after, instance: instance.name,
          causes: (movements[instance.name] ?? []).map(\.cause)))
    }
    return changes
  }

  private func declared(
    _ definition: InitiativeDefinition, from old: InitiativeDefinition
  ) -> [Change] {
    var changes: [Change] = []
    if definition.targetScore != old.targetScore {
      changes.append(
        Change(
          .targetChanged, initiative: definition.name, from: .int(Int64(old.targetScore)),
          to: .int(Int64(definition.targetScore)), cause: .desiredState,
          reason: "target \(old.targetScore) → \(definition.targetScore)"))
    }
    for metric in definition.metrics {
      guard let earlier = old.metrics.first(where: { $0.name == metric.name }) else {
        changes.append(
          Change(
            .initiativeChanged, initiative: definition.name, metric: metric.name,
            cause: declarations.cause(of: definition.name), reason: "the metric is new"))
        continue
      }
      if earlier.weight != metric.weight {
        changes.append(
          Change(
            .weightChanged, initiative: definition.name, metric: metric.name,
            from: .string(earlier.weight.rawValue), to: .string(metric.weight.rawValue),
            cause: .desiredState,
            reason: "weight \(earlier.weight.rawValue) → \(metric.weight.rawValue)"))
      }
      let moved = moved(from: (old, earlier), to: (definition, metric))
      if !moved.isEmpty {
        changes.append(
          Change(
            .initiativeChanged, initiative: definition.name, metric: metric.name,
            from: .int(Int64(earlier.recommendations.count)),
            to: .int(Int64(metric.recommendations.count)),
            cause: declarations.cause(of: definition.name, recommendations: moved),
            reason: "the metric counts other recommendations"))
      }
    }
    for earlier in old.metrics
    where !definition.metrics.contains(where: { $0.name == earlier.name }) {
      changes.append(
        Change(
          .initiativeChanged, initiative: definition.name, metric: earlier.name,
          cause: declarations.cause(of: definition.name), reason: "the metric is gone"))
    }
    if definition.instances != old.instances {
      changes.append(
        Change(
          .initiativeChanged, initiative: definition.name,
          from: .array(old.instances.map(JSONValue.string)),
          to: .array(definition.instances.map(JSONValue.string)), cause: .desiredState,
          reason: "the initiative covers other instances"))
    }
    return changes
  }

  /// The recommendations that joined or left a metric; those that came or went with the instances of their
  /// app are told by their instances.
  private func moved(
    from old: (definition: InitiativeDefinition, metric: InitiativeDefinition.Metric),
    to new: (definition: InitiativeDefinition, metric: InitiativeDefinition.Metric)
  ) -> Set<String> {
    let moved = Set(old.metric.recommendations)
      .symmetricDifference(new.metric.recommendations)
    if moved.isEmpty { return [] }
    let before = old.definition.instances.compactMap { recorded.instances[$0] }
    let covered = Set(new.definition.instances)
    let now = plan.instances.filter { covered.contains($0.name) }
    let left = before.filter { instance in now.contains { $0.app == instance.app } }
      .flatMap { $0.results.map(\.recommendation) }
    let joined = now.filter { instance in before.contains { $0.app == instance.app } }
      .flatMap { $0.results.map(\.recommendation.name) }
    return moved.intersection(left + joined)
  }

  /// - Parameter redefinitions: What changed in the initiative itself.
  private func scores(_ initiative: InitiativePlan, redefinitions: [Change]) -> [Change] {
    let definition = initiative.score.definition
    func causes(in recommendations: Set<String>) -> [Change.Cause] {
      definition.instances.flatMap { movements[$0] ?? [] }
        .filter { recommendations.contains($0.recommendation) }.map(\.cause)
    }
    var changes: [Change] = []
    if let before = initiative.before, let after = initiative.score.score, before != after {
      let all = Set(definition.metrics.flatMap(\.recommendations))
      let redefined = redefinitions.filter { $0.type != .targetChanged }
      changes.append(
        score(
          before, after, initiative: definition.name,
          causes: causes(in: all) + redefined.map(\.cause)))
    }
    for metric in initiative.score.metrics {
      guard let before = initiative.metricsBefore[metric.definition.name],
        let after = metric.card.score, before != after
      else { continue }
      // A metric's weight moves its initiative, not the metric.
      let redefined = redefinitions.filter {
        $0.type == .initiativeChanged && ($0.metric == nil || $0.metric == metric.definition.name)
      }
      changes.append(
        score(
          before, after, initiative: definition.name, metric: metric.definition.name,
          causes: causes(in: Set(metric.definition.recommendations)) + redefined.map(\.cause)))
    }
    return changes
  }

  private func score(
    _ before: Fraction, _ after: Fraction, instance: String? = nil, initiative: String? = nil,
    metric: String? = nil, causes: [Change.Cause]
  ) -> Change {
    // The distinct ones, the tenant's own first.
    let causes =
      isDeclared
      ? [.desiredState]
      : [Change.Cause.drift, .observation, .desiredState, .catalog, .time].filter(causes.contains)
    let because = causes.isEmpty ? "" : ": " + causes.map(\.phrase).joined(separator: "; ")
    return Change(
      .scoreChanged, instance: instance, initiative: initiative, metric: metric,
      from: .double(before.rounded), to: .double(after.rounded), cause: causes.first ?? .drift,
      reason: "\(before.oneDecimal) → \(after.oneDecimal)\(because)")
  }
}
