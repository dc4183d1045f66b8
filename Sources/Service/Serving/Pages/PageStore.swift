#if Service
internal import Posture
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
    var lines = [
      "# TYPE plumb_build info", "# HELP plumb_build The program.",
      "plumb_build_info{version=\"\(version)\"} 1",
      "# TYPE plumb_serve_answers counter", "# HELP plumb_serve_answers Requests, by the answer.",
    ]
    for (status, count) in state.answers.sorted(by: { $0.key < $1.key }) {
      lines.append("plumb_serve_answers_total{code=\"\(status)\"} \(count)")
    }
    lines += [
      "# TYPE plumb_serve_looks counter",
      "# HELP plumb_serve_looks Looks at the reports branch, by what came of them.",
    ]
    for (result, count) in state.looks.sorted(by: { $0.key < $1.key }) {
      lines.append("plumb_serve_looks_total{result=\"\(result)\"} \(count)")
    }
    lines += [
      "# TYPE plumb_serve_report_timestamp_seconds gauge",
      "# UNIT plumb_serve_report_timestamp_seconds seconds",
      "# HELP plumb_serve_report_timestamp_seconds When the report that is served was made.",
    ]
    if let report = state.publication?.report {
      lines.append("plumb_serve_report_timestamp_seconds \(report.at.secondsSince1970)")
    }
    lines += [
      "# TYPE plumb_serve_stale gauge",
      "# HELP plumb_serve_stale Whether the tip of the branch is not what is served.",
      "plumb_serve_stale \(state.problem == nil ? 0 : 1)", "# EOF",
    ]
    return lines.joined(separator: "\n") + "\n"
  }
}
#endif
