/// Scores over time: one series for each initiative, metric and instance.
package struct ScoreHistory: Sendable {
  /// The days that it covers.
  package let period: HistoryPeriod
  /// The report that stood when the period began; nil where there was none.
  package let before: ReportReference?
  /// The reports of the period, the oldest first.
  package let reports: [ReportReference]
  /// Each initiative followed by its metrics, then the instances, in the order of the newest
  /// report; what that no longer has comes last.
  package let series: [Series]

  /// What a series is of.
  package enum Subject: Sendable, Hashable {
    case initiative(String)
    case metric(String, initiative: String)
    case instance(String)
  }

  /// The scores of one initiative, metric or instance.
  package struct Series: Sendable {
    /// What they are the scores of.
    package let subject: Subject
    /// The title in the newest report that has it; of an instance, its name.
    package fileprivate(set) var title: String
    /// The initiative's target in per cent; nil for a metric and an instance.
    package fileprivate(set) var target: Int?
    /// The score when the period began; nil where there was none.
    package fileprivate(set) var before: PrintedScore?
    /// One for each report of the period; nil where it had no score.
    package fileprivate(set) var scores: [PrintedScore?]

    /// The first score there is, the one that stood when the period began among them.
    package var first: PrintedScore? { before ?? scores.lazy.compactMap(\.self).first }
    /// The newest report's score, nil where it has none; without a report in the period, the score
    /// that stood when it began.
    package var last: PrintedScore? {
      scores.last.flatMap(\.self) ?? (scores.isEmpty ? before : nil)
    }

    /// Every score there is, the oldest first.
    package var all: [PrintedScore] { [before].compactMap(\.self) + scores.compactMap(\.self) }
  }

  /// Makes a series of each initiative, metric and instance that any of the reports has.
  ///
  /// - Parameters:
  ///   - before: What stood when the period began.
  ///   - reports: Those of the period, the oldest first.
  package init(
    period: HistoryPeriod, before: (report: ReportReference, scores: RecordedScores)?,
    reports: [(report: ReportReference, scores: RecordedScores)]
  ) {
    self.period = period
    self.before = before?.report
    self.reports = reports.map(\.report)
    var builder = Builder(count: reports.count)
    if let before { builder.add(before.scores, at: nil) }
    for (index, entry) in reports.enumerated() { builder.add(entry.scores, at: index) }
    series = builder.ordered
  }

  private init(_ other: ScoreHistory, series: [Series]) {
    period = other.period
    before = other.before
    reports = other.reports
    self.series = series
  }

  /// The same history with some series only.
  package func filtered(_ isShown: (Subject) -> Bool) -> ScoreHistory {
    ScoreHistory(self, series: series.filter { isShown($0.subject) })
  }

  /// A series' score at the end of each day; what stood goes on standing. Nil before the first.
  package func daily(_ series: Series) -> [PrintedScore?] {
    var standing = series.before
    var index = reports.startIndex
    return period.starts.map { start in
      let end = start.secondsSince1970 + 86_400
      while index < reports.endIndex, reports[index].at.secondsSince1970 < end {
        standing = series.scores[index]
        index += 1
      }
      return standing
    }
  }

  /// The place in ``reports`` of each day's last one; days without a report have none.
  package var lastOfDays: [Int] {
    reports.indices.filter { index in
      index + 1 == reports.endIndex
        || reports[index + 1].at.startOfDay != reports[index].at.startOfDay
    }
  }

  // MARK: Events

  /// A score that fell by the threshold or more from one report to the next.
  package struct Event: Sendable, Hashable {
    /// The report that recorded the lower score.
    package let report: ReportReference
    /// The report that it fell from.
    package let previous: ReportReference
    /// The initiative or the metric that fell.
    package let subject: Subject
    /// Its title, as its series has it.
    package let title: String
    /// The score in the report before.
    package let from: PrintedScore
    /// The score in this report.
    package let to: PrintedScore
  }

  /// The newest first; of one report, in the order of the series. Instances have none.
  ///
  /// Where exact values are recorded, they decide. Else only what was printed is known: the
  /// threshold is a whole number, so that every true fall shows in what was printed; a fall that
  /// was printed as just the threshold may have been less, and `isTrue` says whether it was.
  ///
  /// - Parameters:
  ///   - threshold: Percentage points.
  ///   - isTrue: Whether a fall that was printed as just the threshold was as much before rounding.
  package func events<Failure: Error>(
    threshold: Int, isTrue: (Event) throws(Failure) -> Bool
  ) throws(Failure) -> [Event] {
    var events: [Event] = []
    for index in reports.indices.reversed() {
      for item in series {
        if case .instance = item.subject { continue }
        let earlier = index == 0 ? item.before : item.scores[index - 1]
        guard let previous = index == 0 ? before : reports[index - 1], let from = earlier,
          let to = item.scores[index], from > to
        else { continue }
        let fall = from - to
        guard
          fall.exact.map({ $0 >= Fraction(threshold) }) ?? (fall.tenths >= threshold * 10)
        else { continue }
        let event = Event(
          report: reports[index], previous: previous, subject: item.subject, title: item.title,
          from: from, to: to)
        if fall.exact != nil || fall.tenths > threshold * 10 {
          events.append(event)
        } else if try isTrue(event) {
          events.append(event)
        }
      }
    }
    return events
  }
}

extension ScoreHistory {
  /// Collects series in the order of the newest report; what it no longer has comes last.
  private struct Builder {
    let count: Int
    private var series: [Subject: Series] = [:]
    private var rank: [Subject: (age: Int, place: Int)] = [:]

    init(count: Int) { self.count = count }

    mutating func add(_ scores: RecordedScores, at index: Int?) {
      let age = count - (index ?? -1)
      var place = 0
      func next() -> (Int, Int) {
        place += 1
        return (age, place)
      }
      for initiative in scores.initiatives {
        set(
          .initiative(initiative.name), initiative.score, initiative.title,
          target: initiative.targetScore, at: index, rank: next())
        for metric in initiative.metrics {
          set(
            .metric(metric.name, initiative: initiative.name), metric.value, metric.title,
            at: index, rank: next())
        }
      }
      for instance in scores.instances {
        set(.instance(instance.name), instance.score, instance.name, at: index, rank: next())
      }
    }

    private mutating func set(
      _ subject: Subject, _ score: PrintedScore?, _ title: String, target: Int? = nil,
      at index: Int?, rank: (Int, Int)
    ) {
      var item =
        series.removeValue(forKey: subject)
        ?? Series(
          subject: subject, title: title, target: target, before: nil,
          scores: Array(repeating: nil, count: count))
      item.title = title
      item.target = target
      if let index { item.scores[index] = score } else { item.before = score }
      series[subject] = item
      self.rank[subject] = rank
    }

    var ordered: [Series] {
      series.values.sorted { left, right in
        let ranks = (rank[left.subject] ?? (0, 0), rank[right.subject] ?? (0, 0))
        return ranks.0 != ranks.1 ? ranks.0 < ranks.1 : left.title < right.title
      }
    }
  }
}
