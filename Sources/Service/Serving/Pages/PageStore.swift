#if Service
internal import Posture
internal import Reports
private import Synchronization

/// What is served now, and how the last looks at the branch went. A publication is swapped as a whole: a request sees one or
/// the other.
package final class PageStore: Sendable {
  private struct State {
    var publication: Publication?
    /// Why the tip is not served, or nothing is; nil where all is well.
    var problem: String?
    var looks: [String: Int] = ["unchanged": 0, "published": 0, "failed": 0]
    /// Seconds since 1970.
    var lookedAt = 0.0
    /// By status.
    var answers: [Int: Int] = [:]
  }

  private let state = Mutex(State())

  package init() {}

  package var publication: Publication? { state.withLock { $0.publication } }
  package var problem: String? { state.withLock { $0.problem } }
  /// When the branch was looked at last, in seconds since 1970.
  var lookedAt: Double { state.withLock { $0.lookedAt } }

  package enum Look: String { case unchanged, published, failed }

  /// Notes what a look came to.
  ///
  /// - Parameter publication: What is served from now on; nil for what is served already.
  package func note(_ look: Look, _ publication: Publication?, problem: String?, at time: Double) {
    state.withLock { state in
      if let publication { state.publication = publication }
      state.problem = problem
      state.looks[look.rawValue, default: 0] += 1
      state.lookedAt = time
    }
  }

  func count(answer status: Int) { state.withLock { $0.answers[status, default: 0] += 1 } }

  /// Figures as OpenMetrics text.
  func metrics(version: String) -> String {
    let state = state.withLock(\.self)
    var families: [MetricFamily] = [
      .counter(
        "plumb_serve_answers", "Requests, by the answer.",
        state.answers.sorted { $0.key < $1.key }.map { ([("code", "\($0.key)")], $0.value) }),
      .counter(
        "plumb_serve_looks", "Looks at the reports branch, by what came of them.",
        state.looks.sorted { $0.key < $1.key }.map { ([("result", $0.key)], $0.value) }),
      .gauge(
        "plumb_serve_stale", "Whether the tip of the branch is not what is served.",
        [([], state.problem == nil ? 0 : 1)]),
    ]
    if let report = state.publication?.report {
      families.append(
        .gauge(
          "plumb_serve_report_timestamp_seconds", "When the report that is served was made.",
          [([], report.at.secondsSince1970)], unit: "seconds"))
    }
    return OpenMetricsReport.running(nil, families, version: version)
  }
}
#endif
