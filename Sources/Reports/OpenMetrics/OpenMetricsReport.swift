package import Posture

/// A plan as [OpenMetrics](https://prometheus.io/docs/specs/om/open_metrics_spec/) text, for a
/// textfile collector or a push gateway: scores, coverage, counts, ages.
///
/// Gauges alone, without timestamps, so that Prometheus' own text format reads it too. Scores are
/// per cent, as everywhere else in Plumb.
package enum OpenMetricsReport {
  package static func plan(
    _ plan: Plan, filter: PlanFilter = PlanFilter(), version: String
  ) -> [UInt8] {
    let plan = filter.applied(to: plan)
    var page = MetricPage()
    figures(of: plan, version: version, &page)
    page.end()
    return Array(page.text.utf8)
  }

  static func buildInfo(_ version: String, _ page: inout MetricPage) {
    page.family("plumb_build_info", "Which Plumb wrote this.") {
      [MetricSample([("version", version)], 1)]
    }
  }

  /// What the plan says, all of it.
  static func figures(of plan: Plan, version: String, _ page: inout MetricPage) {
    buildInfo(version, &page)
    page.family("plumb_plan_timestamp_seconds", "The time that counted as now.", unit: "seconds") {
      [MetricSample([], plan.at.secondsSince1970)]
    }
    initiatives(plan, &page)
    instances(plan.instances.filter(\.recommendations), at: plan.at, &page)
    decisions(plan, &page)
  }

  private static func initiatives(_ plan: Plan, _ page: inout MetricPage) {
    func scores(_ name: String, _ help: String, _ value: (InitiativeScore) -> Fraction?) {
      page.family("plumb_initiative_\(name)", help) {
        plan.initiatives.compactMap { initiative in
          value(initiative.score).map {
            MetricSample([("initiative", initiative.name)], $0)
          }
        }
      }
    }
    scores("score", "An initiative's score in per cent.", \.score)
    scores("planned_score", "The score as if every plan were carried out.", \.plannedScore)
    scores(
      "achievable_score", "The score as if all but the accepted risks were completed.",
      \.achievableScore)
    scores("target_score", "The score to reach.") { Fraction($0.definition.targetScore) }
    scores("coverage", "Assessed of what counts, in per cent.", \.coverage.percentage)
    page.family("plumb_metric_score", "A metric's value in per cent.") {
      plan.initiatives.flatMap { initiative in
        initiative.score.metrics.compactMap { metric in
          metric.card.score.map {
            MetricSample(
              [("initiative", initiative.name), ("metric", metric.definition.name)], $0)
          }
        }
      }
    }
  }

  private static func instances(
    _ instances: [InstancePlan], at now: Instant, _ page: inout MetricPage
  ) {
    func labels(_ instance: InstancePlan) -> [(String, String)] {
      [("instance", instance.name), ("app", instance.app)]
    }
    page.family("plumb_instance_info", "What an instance is called.") {
      instances.map { MetricSample(labels($0) + [("display_name", $0.displayName)], 1) }
    }
    page.family("plumb_instance_score", "An instance's score in per cent.") {
      instances.compactMap { instance in
        instance.card.score.map { MetricSample(labels(instance), $0) }
      }
    }
    page.family("plumb_instance_coverage", "Assessed of what counts, in per cent.") {
      instances.compactMap { instance in
        instance.card.coverage.percentage.map { MetricSample(labels(instance), $0) }
      }
    }
    page.family("plumb_recommendations", "Recommendations by compliance.") {
      instances.flatMap { instance in
        Compliance.allCases.map { compliance in
          MetricSample(
            labels(instance) + [("compliance", compliance.rawValue)],
            instance.results.count { $0.decision.compliance == compliance })
        }
      }
    }
    page.family("plumb_open_recommendations", "Not compliant and not decided, by impact.") {
      instances.flatMap { instance in
        Impact.allCases.map { impact in
          MetricSample(
            labels(instance) + [("impact", impact.rawValue)],
            instance.results.count { $0.isOpen && $0.impact == impact })
        }
      }
    }
    page.family("plumb_affected_resources", "Resources affected, over all recommendations.") {
      instances.map { instance in
        MetricSample(
          labels(instance), instance.results.reduce(0) { $0 + $1.decision.affectedCount })
      }
    }
    page.family(
      "plumb_observation_age_seconds", "How old what is known of an instance is.", unit: "seconds"
    ) {
      instances.compactMap { instance in
        instance.observedAt.map {
          MetricSample(labels(instance), max(0, now.secondsSince1970 - $0.secondsSince1970))
        }
      }
    }
    page.family("plumb_observation_stale", "1 where an instance is not observed now.") {
      instances.map { MetricSample(labels($0), $0.isStale ? 1 : 0) }
    }
  }

  private static func decisions(_ plan: Plan, _ page: inout MetricPage) {
    page.family("plumb_exceptions", "Exceptions by state.") {
      Snapshot.Exception.State.allCases.map { state in
        MetricSample([("state", state.rawValue)], plan.exceptions.count { $0.state == state })
      }
    }
    page.family(
      "plumb_exception_expiry_timestamp_seconds", "When an exception ends.", unit: "seconds"
    ) {
      plan.exceptions.compactMap { item in
        item.exception.end.map {
          MetricSample(
            [("exception", item.exception.name), ("status", item.exception.status.rawValue)],
            $0.secondsSince1970)
        }
      }
    }
    page.family("plumb_changes", "What differs from what was recorded, by type.") {
      Change.Kind.allCases.map { kind in
        MetricSample([("type", kind.rawValue)], plan.changes.count { $0.type == kind })
      }
    }
    page.family("plumb_gate_failed", "1 where a gate fails.") {
      plan.gates.map {
        MetricSample([("gate", $0.name)], $0.stops ? 1 : 0)
      }
    }
  }
}

/// One value of a metric family.
struct MetricSample {
  let labels: [(String, String)]
  let value: String

  init(_ labels: [(String, String)], _ value: Int) {
    self.labels = labels
    self.value = String(value)
  }

  init(_ labels: [(String, String)], _ value: Fraction) {
    self.labels = labels
    self.value = value.oneDecimal
  }
}

/// The text format: families one after the other, ended by `# EOF`.
struct MetricPage {
  private(set) var text = ""

  /// A family of gauges; nothing when it has no samples.
  mutating func family(
    _ name: String, _ help: String, unit: String? = nil, _ samples: () -> [MetricSample]
  ) {
    add(
      MetricFamily(
        name: name, help: help, type: "gauge", unit: unit,
        samples: samples().map { ("", $0.labels, $0.value) }))
  }

  /// A family of any type; nothing when it has no samples.
  mutating func add(_ family: MetricFamily) {
    guard !family.samples.isEmpty else { return }
    text += "# TYPE \(family.name) \(family.type)\n"
    if let unit = family.unit { text += "# UNIT \(family.name) \(unit)\n" }
    text += "# HELP \(family.name) \(family.help)\n"
    for sample in family.samples {
      let labels = sample.labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }
      text += family.name + sample.suffix
      text += (labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}") + " \(sample.value)\n"
    }
  }

  mutating func end() { text += "# EOF\n" }

  /// A label's value: what is hidden is spelt out, so that no line break is left to escape.
  static func escaped(_ text: String) -> String {
    Escaping.terminal(text).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      .replacing("\n", with: "\\n")
  }
}
