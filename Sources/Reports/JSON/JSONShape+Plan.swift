internal import JSON
internal import Posture

extension JSONShape<Plan> {
  /// A plan.
  static func plan(maxAffected: Int) -> Self {
    Self(
      document: "Plan",
      [
        .object("desired", .reference, \.desired), .optional("base", .reference, \.base),
        .object(
          "recorded", JSONShape<String?>([.value("revision") { $0 }]), \.recordedRevision),
        .value("at", \.at),
        .list("observations", of: .observation) { plan in
          plan.instances.filter(\.recommendations).map {
            ObservedInstance(plan: $0, data: plan.dataOrigins[$0.name])
          }
        },
        .list("initiatives", of: .initiative, \.initiatives),
        .list("recommendations", of: .words) { CatalogWords.of($0.comparison) },
        .list("instances", of: .instance(maxAffected: maxAffected), \.instances),
      ]
        + JSONShape<Comparison>.changes.of(\.comparison)
        + [
          .list("gates", of: .gate, \.gates), .optional("weakened", .weakening, \.weakening),
          .list("exceptions", of: .exception(), \.exceptions),
        ] + JSONShape<Comparison>.breakGlass.of(\.comparison)
        + [.optional("renewal", .renewal) { $0.renewal == Renewal() ? nil : $0.renewal }]
        + ImportedSource.all.map { source in
          .optionalList(source.key, of: .imported(from: source)) { plan in
            plan.imports.filter { $0.source == source }
          }
        })
  }
}

extension JSONShape<DesiredReference> {
  fileprivate static var reference: Self {
    Self([.value("revision", \.revision), .value("path", \.path), .value("digest", \.digest)])
  }
}

/// An instance that is assessed, and where data of it that lies in the repository comes from.
private struct ObservedInstance {
  let plan: InstancePlan
  let data: DataOrigin?

  var commit: ExceptionPlan.Origin.Commit? {
    if case .commit(let commit)? = data { commit } else { nil }
  }
}

extension JSONShape<ObservedInstance> {
  fileprivate static var observation: Self {
    let data = Self([
      .value("commit", \.commit?.id), .optional("author", \.commit?.author),
      .optional("date", \.commit?.date),
    ])
    return Self([
      .value("instance", \.plan.name), .value("digest", \.plan.observationDigest),
      .value("observedAt", \.plan.observedAt),
      .optional("data", data) { $0.data == nil ? nil : $0 },
    ])
  }
}

extension JSONShape<InitiativePlan> {
  /// An initiative, with its metrics.
  static var initiative: Self {
    Self([
      .value("name", \.score.definition.name), .value("title", \.score.definition.title),
      .value("targetScore", \.score.definition.targetScore),
      .value("score", \.score.score?.rounded),
      .value("plannedScore", \.score.plannedScore?.rounded),
      .value("achievableScore", \.score.achievableScore?.rounded),
      .value("coverage", \.score.coverage.percentage?.rounded),
      .value("before", \.before?.rounded),
      .list("metrics", of: .metric) { initiative in
        initiative.score.metrics.map {
          ScoredMetric(
            definition: $0.definition, card: $0.card,
            before: initiative.metricsBefore[$0.definition.name])
        }
      },
    ])
  }
}

/// A metric, and what it was when it was recorded.
private struct ScoredMetric {
  let definition: InitiativeDefinition.Metric
  let card: ScoreCard
  let before: Fraction?
}

extension JSONShape<ScoredMetric> {
  fileprivate static var metric: Self {
    Self([
      .value("name", \.definition.name), .value("title", \.definition.title),
      .value("weight", \.definition.weight), .value("value", \.card.score?.rounded),
      .value("before", \.before?.rounded), .value("possible", \.card.possible),
      .value("earned", \.card.earned.rounded),
    ])
  }
}

extension JSONShape<Gate> {
  fileprivate static var gate: Self {
    Self([
      .value("name", \.name), .value("outcome", \.outcome), .value("stops", \.stops),
      .value("code", \.code), .value("reason") { Phrases.reason(of: $0) },
      .optional("remedy") { Phrases.remedy(of: $0) },
    ])
  }
}

extension JSONShape<Weakening> {
  fileprivate static var weakening: Self {
    Self([
      .value("digest", \.digest), .value("changes", \.changes.count),
      .value("accepted", \.isAccepted),
    ])
  }
}

extension JSONShape<Renewal> {
  fileprivate static var renewal: Self {
    let observation = JSONShape<Renewal.Observation>([
      .value("instance", \.instance), .value("recordedAt", \.recordedAt),
      .value("observedAt", \.observedAt), .value("from", \.from), .value("due", \.isDue),
    ])
    return Self([
      .value("definitions", \.isReworded), .list("observations", of: observation, \.observations),
    ])
  }
}
