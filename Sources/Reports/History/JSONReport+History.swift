internal import JSON
package import Posture

extension JSONReport {
  /// `plumb history`: a score for each series and report; `null` where there was none.
  package static func history(_ report: HistoryReport) -> [UInt8] { bytes(.history, of: report) }

  /// `plumb history --events`
  package static func events(
    _ events: [ScoreHistory.Event], of report: HistoryReport, threshold: Int
  ) -> [UInt8] {
    bytes(.events, of: RecordedEvents(events: events, report: report, threshold: threshold))
  }

  /// `plumb history RECOMMENDATION`: the newest entry of each instance first.
  package static func history(_ history: RecommendationHistory, source: HistorySource) -> [UInt8] {
    bytes(.course, of: RecordedCourse(history: history, source: source))
  }
}

/// Falls of scores, and the history that they are of.
package struct RecordedEvents {
  let events: [ScoreHistory.Event]
  let report: HistoryReport
  /// Percentage points.
  let threshold: Int

  package init(events: [ScoreHistory.Event], report: HistoryReport, threshold: Int) {
    self.events = events
    self.report = report
    self.threshold = threshold
  }
}

/// What became of a recommendation, and where that was read.
package struct RecordedCourse {
  let history: RecommendationHistory
  let source: HistorySource

  package init(history: RecommendationHistory, source: HistorySource) {
    self.history = history
    self.source = source
  }
}

extension JSONShape<HistoryReport> {
  static var history: Self {
    let subject = JSONShape<ScoreHistory.Subject>.subject.of(\ScoreHistory.Series.subject)
    let series = JSONShape<ScoreHistory.Series>(
      subject + [
        .value("title", \.title), .optional("targetScore", \.target),
        .value("before", \.before?.number), .value("scores") { $0.scores.map { $0?.number } },
      ])
    return Self(
      document: "History",
      JSONShape<HistorySource>.source.of(\.source)
        + JSONShape<HistoryPeriod>.period.of(\.selected.period) + [
          .list("reports", of: .report, \.selected.reports),
          .list("series", of: series, \.selected.series),
        ])
  }
}

extension JSONShape<RecordedEvents> {
  static var events: Self {
    let event = JSONShape<ScoreHistory.Event>(
      [.object("report", .report, \.report)]
        + JSONShape<ScoreHistory.Subject>.subject.of(\ScoreHistory.Event.subject) + [
          .value("from", \.from.number), .value("to", \.to.number),
          .value("change") { ($0.to - $0.from).number },
        ])
    return Self(
      document: "Events",
      JSONShape<HistorySource>.source.of(\.report.source)
        + JSONShape<HistoryPeriod>.period.of(\.report.history.period) + [
          .value("threshold", \.threshold), .list("events", of: event, \.events),
        ])
  }
}

extension JSONShape<RecordedCourse> {
  static var course: Self {
    let entry = JSONShape<RecommendationHistory.Entry>([
      .value("type", \.kind), .object("report", .report, \.report),
      .nullable("from", \.before?.decision.compliance),
      .nullable("to", \.after?.decision.compliance),
      .value("affectedCount", \.after?.decision.affectedCount),
      .value("counted", \.after?.decision.counted), .nullable("status", \.after?.status),
      .value("redefined", \.isRedefined), .optional("cause", \.cause),
      .optional("exception", \.exception),
      .optional("introduced", .commit) {
        if case .commits(let introduced, _)? = $0.origin { introduced } else { nil }
      },
      .optional("changed", .commit) {
        if case .commits(_, let changed)? = $0.origin { changed } else { nil }
      },
    ])
    let course = JSONShape<RecommendationHistory.Course>([
      .value("instance", \.instance), .nullable("compliance", \.standing?.decision.compliance),
      .nullable("status", \.standing?.status), .value("since", \.standing?.since),
      .list("entries", of: entry, \.newestFirst),
    ])
    return Self(
      document: "RecommendationHistory",
      JSONShape<HistorySource>.source.of(\.source) + [
        .value("recommendation", \.history.recommendation), .value("title", \.history.title),
        .list("instances", of: course, \.history.ordered),
      ])
  }
}

extension JSONShape<HistorySource> {
  fileprivate static var source: Self {
    Self([.value("branch", \.branch), .optional("cutOff", .report, \.cutOff)])
  }
}

extension JSONShape<HistoryPeriod> {
  fileprivate static var period: Self {
    Self([.value("since", \.since), .value("until", \.until)])
  }
}

extension JSONShape<ScoreHistory.Subject> {
  /// An initiative, a metric of one, or an instance.
  fileprivate static var subject: Self {
    Self([
      .optional("initiative") {
        switch $0 {
        case .initiative(let name), .metric(_, let name): name
        case .instance: nil
        }
      },
      .optional("metric") { if case .metric(let name, _) = $0 { name } else { nil } },
      .optional("instance") { if case .instance(let name) = $0 { name } else { nil } },
    ])
  }
}

extension JSONShape<ReportReference> {
  /// A commit of the reports branch.
  static var report: Self {
    Self([
      .value("revision", \.revision), .value("at", \.at),
      .value("desiredRevision", \.desiredRevision),
    ])
  }
}
