internal import Posture

/// Lists the differences of initiatives and scores.
struct InitiativeDiffer {
  let before: Snapshot
  let after: Snapshot
  /// The scores of both snapshots.
  let scores: Comparison.Scores
  let attribution: Attribution
  /// The movements by instance: they name the causes of a score that moved.
  let movements: [String: [InstanceDiffer.Movement]]

  func changes() -> [Change] {
    var changes: [Change] = []
    for score in scores.after {
      let definition = score.definition
      guard let earlier = before.initiatives[definition.name] else {
        changes.append(
          Change(
            .tracked(target: definition.targetScore),
            of: .initiative(definition.name, metric: nil), cause: .desiredState))
        continue
      }
      let redefinitions = declared(definition, from: earlier)
      changes += redefinitions
      changes += moves(of: score, redefinitions: redefinitions)
    }
    for earlier in before.initiatives where after.initiatives[earlier.name] == nil {
      changes.append(
        Change(
          .untracked, of: .initiative(earlier.name, metric: nil), cause: .desiredState))
    }
    for instance in after.instances {
      guard let before = before.instances[instance.name]?.score, let after = instance.score,
        before != after
      else { continue }
      changes.append(
        change(
          before, after, of: .instance(instance.name),
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
          .target(from: old.targetScore, to: definition.targetScore),
          of: .initiative(definition.name, metric: nil), cause: .desiredState))
    }
    for metric in definition.metrics {
      guard let earlier = old.metrics.first(where: { $0.name == metric.name }) else {
        changes.append(
          Change(
            .metric(isNew: true), of: .initiative(definition.name, metric: metric.name),
            cause: cause(of: definition.name)))
        continue
      }
      if earlier.weight != metric.weight {
        changes.append(
          Change(
            .weight(from: earlier.weight, to: metric.weight),
            of: .initiative(definition.name, metric: metric.name), cause: .desiredState))
      }
      let moved = moved(from: (old, earlier), to: (definition, metric))
      if !moved.isEmpty {
        changes.append(
          Change(
            .counted(from: earlier.recommendations.count, to: metric.recommendations.count),
            of: .initiative(definition.name, metric: metric.name),
            cause: cause(of: definition.name, recommendations: moved)))
      }
    }
    for earlier in old.metrics
    where !definition.metrics.contains(where: { $0.name == earlier.name }) {
      changes.append(
        Change(
          .metric(isNew: false), of: .initiative(definition.name, metric: earlier.name),
          cause: cause(of: definition.name)))
    }
    if definition.instances != old.instances {
      changes.append(
        Change(
          .covered(from: old.instances, to: definition.instances),
          of: .initiative(definition.name, metric: nil), cause: .desiredState))
    }
    return changes
  }

  /// The recommendations that joined or left a metric. Where they came or went with the instances
  /// of their app, the instances' changes tell it.
  private func moved(
    from old: (definition: InitiativeDefinition, metric: InitiativeDefinition.Metric),
    to new: (definition: InitiativeDefinition, metric: InitiativeDefinition.Metric)
  ) -> Set<String> {
    let moved = Set(old.metric.recommendations)
      .symmetricDifference(new.metric.recommendations)
    if moved.isEmpty { return [] }
    let before = old.definition.instances.compactMap { self.before.instances[$0] }
    let now = new.definition.instances.compactMap { after.instances[$0] }
    let left = before.filter { instance in now.contains { $0.app == instance.app } }
      .flatMap(\.results.names)
    let joined = now.filter { instance in before.contains { $0.app == instance.app } }
      .flatMap(\.results.names)
    return moved.intersection(left + joined)
  }

  /// - Parameter redefinitions: The changes of the initiative itself.
  private func moves(of score: InitiativeScore, redefinitions: [Change]) -> [Change] {
    let definition = score.definition
    let earlier = scores.before[definition.name]
    func causes(in recommendations: Set<String>) -> [Change.Cause] {
      definition.instances.flatMap { movements[$0] ?? [] }
        .filter { recommendations.contains($0.recommendation) }.map(\.cause)
    }
    var changes: [Change] = []
    if let before = earlier?.score, let after = score.score, before != after {
      let all = Set(definition.metrics.flatMap(\.recommendations))
      let redefined = redefinitions.filter { $0.type != .targetChanged }
      changes.append(
        change(
          before, after, of: .initiative(definition.name, metric: nil),
          causes: causes(in: all) + redefined.map(\.cause)))
    }
    for metric in score.metrics {
      guard let before = earlier?.values[metric.definition.name],
        let after = metric.card.score, before != after
      else { continue }
      // A metric's weight moves its initiative, not the metric.
      let redefined = redefinitions.filter {
        $0.type == .initiativeChanged && ($0.metric == nil || $0.metric == metric.definition.name)
      }
      changes.append(
        change(
          before, after, of: .initiative(definition.name, metric: metric.definition.name),
          causes: causes(in: Set(metric.definition.recommendations)) + redefined.map(\.cause)))
    }
    return changes
  }

  private func change(
    _ before: Fraction, _ after: Fraction, of subject: Change.Subject, causes: [Change.Cause]
  ) -> Change {
    // The distinct ones, the tenant's own first.
    let causes =
      attribution.isDeclared
      ? [.desiredState]
      : [Change.Cause.drift, .observation, .desiredState, .catalog, .time].filter(causes.contains)
    return Change(
      .score(from: before, to: after, causes: causes), of: subject, cause: causes.first ?? .drift)
  }

  /// Why the metrics of an initiative changed, by the recommendations that joined or left one. The
  /// catalog's initiatives and recommendations change with the catalog, unless the repository says
  /// something of them.
  private func cause(
    of initiative: String, recommendations: Set<String> = []
  ) -> Change.Cause {
    let isOwn = attribution.desired.initiative(initiative)?.origin == .desiredState
    return isOwn || recommendations.contains(where: isDeclared) ? .desiredState : .catalog
  }

  private func isDeclared(_ recommendation: String) -> Bool {
    [before, after].contains { snapshot in
      snapshot.disabled.contains(recommendation)
        || snapshot.instances.contains { $0.results[recommendation]?.declaration != nil }
    }
  }
}
