internal import JSON
package import Posture

extension JSONReport {
  /// `plumb history`: a score for each series and report; `null` where there was none.
  package static func history(_ report: HistoryReport) -> [UInt8] {
    let history = report.selected
    return document("History") { writer in
      writer.source(report.source)
      writer.period(history.period)
      writer.array("reports") { writer in
        for report in history.reports { writer.elementObject { $0.report(report) } }
      }
      writer.array("series") { writer in
        for series in history.series {
          writer.elementObject { writer in
            writer.subject(series.subject)
            writer.member("title", series.title)
            writer.member(ifPresent: "targetScore", series.target)
            writer.member("before", series.before?.number)
            writer.array("scores", series.scores.map { $0?.number })
          }
        }
      }
    }
  }

  /// `plumb history --events`
  package static func events(
    _ events: [ScoreHistory.Event], of report: HistoryReport, threshold: Int
  ) -> [UInt8] {
    document("Events") { writer in
      writer.source(report.source)
      writer.period(report.history.period)
      writer.member("threshold", threshold)
      writer.array("events") { writer in
        for event in events {
          writer.elementObject { writer in
            writer.object("report") { $0.report(event.report) }
            writer.subject(event.subject)
            writer.member("from", event.from.number)
            writer.member("to", event.to.number)
            writer.member("change", (event.to - event.from).number)
          }
        }
      }
    }
  }

  /// `plumb history RECOMMENDATION`: the newest entry of each instance first.
  package static func history(_ history: RecommendationHistory, source: HistorySource) -> [UInt8] {
    document("RecommendationHistory") { writer in
      writer.source(source)
      writer.member("recommendation", history.recommendation)
      writer.member("title", history.title)
      writer.array("instances") { writer in
        for course in history.ordered { writer.course(course) }
      }
    }
  }
}

extension JSONWriter {
  fileprivate mutating func source(_ source: HistorySource) {
    member("branch", source.branch)
    if let cutOff = source.cutOff { object("cutOff") { $0.report(cutOff) } }
  }

  fileprivate mutating func period(_ period: HistoryPeriod) {
    member("since", period.since.description)
    member("until", period.until.description)
  }

  mutating func report(_ report: ReportReference) {
    JSONShape.report.write(report, to: &self)
  }

  fileprivate mutating func subject(_ subject: ScoreHistory.Subject) {
    switch subject {
    case .initiative(let name): member("initiative", name)
    case .metric(let name, let initiative):
      member("initiative", initiative)
      member("metric", name)
    case .instance(let name): member("instance", name)
    }
  }

  fileprivate mutating func course(_ course: RecommendationHistory.Course) {
    elementObject { writer in
      writer.member("instance", course.instance)
      writer.member("compliance", course.standing?.decision.compliance.rawValue)
      writer.member("status", course.standing?.status?.rawValue)
      writer.member("since", course.standing?.since?.description)
      writer.array("entries") { writer in
        for entry in course.newestFirst {
          writer.elementObject { writer in
            writer.member("type", entry.kind.rawValue)
            writer.object("report") { $0.report(entry.report) }
            writer.member("from", entry.before?.decision.compliance.rawValue)
            writer.member("to", entry.after?.decision.compliance.rawValue)
            writer.member("affectedCount", entry.after?.decision.affectedCount)
            writer.member("counted", entry.after?.decision.counted)
            writer.member("status", entry.after?.status?.rawValue)
            writer.member("redefined", entry.isRedefined)
            if let cause = entry.cause { writer.member("cause", cause.rawValue) }
            if let exception = entry.exception { writer.member("exception", exception) }
            if case .commits(let introduced, let changed)? = entry.origin {
              if let introduced {
                writer.object("introduced") { JSONShape.commit.write(introduced, to: &$0) }
              }
              writer.object("changed") { JSONShape.commit.write(changed, to: &$0) }
            }
          }
        }
      }
    }
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
