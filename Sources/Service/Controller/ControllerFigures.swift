#if Service
internal import Observation
internal import Posture
internal import Reconciler
internal import Reports
internal import YAML

/// What the controller counts, for its metrics.
struct ControllerFigures: Sendable {
  /// Runs by what came of them: `committed`, `unchanged`, `failed`.
  private var runs: [String: Int] = ["committed": 0, "unchanged": 0, "failed": 0]
  private var runSeconds = 0.0
  private var observations: [String: [String: Int]] = [:]
  private var requests: [String: Int] = [:]
  private var waits: [String: Int] = [:]
  /// The figures of the plan that was made last.
  private var plan: Plan?

  mutating func count(_ outcome: ControllerOutcome, seconds: Double) {
    runs[outcome.commit == nil ? "unchanged" : "committed", default: 0] += 1
    runSeconds += seconds
    if let delivery = outcome.delivery { plan = delivery.outcome.plan }
  }

  mutating func countFailure(seconds: Double) {
    runs["failed", default: 0] += 1
    runSeconds += seconds
  }

  mutating func count(_ report: ObservationReport, app: String) {
    observations[app, default: [:]][report.failure?.code.rawValue ?? "observed", default: 0] += 1
    requests[app, default: 0] += report.requests
    waits[app, default: 0] += report.waits
  }

  /// All of it as OpenMetrics text.
  func text(_ table: ControlTable, now: Double, version: String) -> String {
    let instances = table.instances.values.sorted { $0.instance.name < $1.instance.name }
    func labels(_ item: InstanceControl) -> [(String, String)] {
      [("instance", item.instance.name), ("app", item.instance.app.value)]
    }
    let families: [MetricFamily] = [
      .counter(
        "plumb_reconcile", "Runs by what came of them.",
        runs.sorted { $0.key < $1.key }.map { ([("result", $0.key)], $0.value) }),
      .summary(
        "plumb_reconcile_duration_seconds", "How long runs took.",
        count: runs.values.reduce(0, +), sum: runSeconds, unit: "seconds"),
      .counter("plumb_commit", "Reports recorded.", [([], runs["committed"] ?? 0)]),
      .counter(
        "plumb_observations", "Observations by what came of them.",
        observations.sorted { $0.key < $1.key }.flatMap { app, codes in
          codes.sorted { $0.key < $1.key }.map { ([("app", app), ("result", $0.key)], $0.value) }
        }),
      .counter(
        "plumb_vendor_requests", "Requests that vendors answered.",
        requests.sorted { $0.key < $1.key }.map { ([("app", $0.key)], $0.value) }),
      .counter(
        "plumb_vendor_waits", "How often a request had to wait.",
        waits.sorted { $0.key < $1.key }.map { ([("app", $0.key)], $0.value) }),
      .gauge(
        "plumb_instance_observation_age_seconds", "How long ago an instance was observed.",
        instances.compactMap { item in
          item.lastSuccess.map { (labels(item), max(0, Int(now - $0))) }
        }, unit: "seconds"),
      .gauge(
        "plumb_instance_condition", "1 for the condition that holds, 0 for the others.",
        instances.flatMap { item in
          InstanceCondition.Kind.allCases.map {
            (labels(item) + [("condition", $0.rawValue)], item.condition.kind == $0 ? 1 : 0)
          }
        }),
      .gauge(
        "plumb_instance_failures", "Failures to observe an instance, in a row.",
        instances.map { (labels($0), $0.failuresInARow) }),
    ]
    return OpenMetricsReport.running(plan, families, version: version)
  }
}

extension Controller {
  /// What it counts, as OpenMetrics text.
  package func metrics(version: String) -> String {
    figures.text(table, now: pace.now, version: version)
  }
}
#endif
