internal import Posture

/// The series of a history in the order in which they are listed: what fell most comes first, the
/// metrics beneath their initiatives.
struct HistoryRows {
  struct Row {
    let series: ScoreHistory.Series
    let movement: PrintedScore?
    let lowest: PrintedScore?
    let highest: PrintedScore?

    init(_ series: ScoreHistory.Series) {
      self.series = series
      movement = series.first.flatMap { first in series.last.map { $0 - first } }
      lowest = series.all.min()
      highest = series.all.max()
    }

    var hasMoved: Bool { lowest != highest }
    /// Only a series with a score says anything.
    var isTold: Bool { lowest != nil }
  }

  /// Initiatives, each followed by its metrics, and metrics without their initiative.
  let initiatives: [Row]
  let instances: [Row]
  /// What was left out because it did not move.
  let hiddenInstances: Int

  private static let mostInstances = 20

  /// - Parameter isVerbose: Whether what did not move is listed too, however much.
  init(_ report: HistoryReport, isVerbose: Bool) {
    let rows = report.selected.series.map(Row.init).filter(\.isTold)
    var metrics: [String: [Row]] = [:]
    var heads: [Row] = []
    var instances: [Row] = []
    for row in rows {
      switch row.series.subject {
      case .initiative: heads.append(row)
      case .metric(_, let initiative):
        if isVerbose || !report.selection.isEmpty || row.hasMoved {
          metrics[initiative, default: []].append(row)
        }
      case .instance: instances.append(row)
      }
    }
    var listed: [Row] = []
    for head in heads.sorted(by: Self.comesFirst) {
      listed.append(head)
      if case .initiative(let name) = head.series.subject {
        listed += (metrics.removeValue(forKey: name) ?? []).sorted(by: Self.comesFirst)
      }
    }
    listed += metrics.sorted { $0.key < $1.key }.flatMap { $0.value.sorted(by: Self.comesFirst) }
    initiatives = listed
    instances.sort(by: Self.comesFirst)
    let showsAll = isVerbose || !report.selection.isEmpty
    let moved = instances.filter(\.hasMoved)
    self.instances =
      showsAll || instances.count <= Self.mostInstances
      ? instances : Array(moved.prefix(Self.mostInstances))
    hiddenInstances = instances.count - self.instances.count
  }

  /// The fall first; what did not move keeps its order behind what rose.
  private static func comesFirst(_ left: Row, _ right: Row) -> Bool {
    func rank(_ row: Row) -> Int {
      row.movement?.isNegative == true ? 0 : row.hasMoved ? 1 : 2
    }
    let ranks = (rank(left), rank(right))
    if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
    let none = PrintedScore(tenths: 0)
    let moves = (left.movement ?? none, right.movement ?? none)
    if moves.0 < moves.1 { return true }
    return moves.1 < moves.0 ? false : left.series.title < right.series.title
  }

  /// The columns of the table by day: what was asked for by name, or the initiatives.
  static func dayColumns(_ report: HistoryReport) -> [ScoreHistory.Series] {
    let selection = report.selection
    return report.selected.series.filter { series in
      switch series.subject {
      case .initiative: true
      case .metric(let name, let initiative):
        selection.metrics.contains(name) || selection.metrics.contains("\(initiative)/\(name)")
      case .instance: !selection.isEmpty
      }
    }
  }
}

enum HistoryWords {
  /// `3 of 120 reports on plumb/reports, 2026-05-26 to 2026-06-08 (14 days)`
  static func extent(_ history: ScoreHistory, _ source: HistorySource) -> String {
    let period = history.period
    return
      "\(history.reports.count) of \(Words.count(source.reports, "report")) on \(source.branch), \(period.since.day) to \(period.until.day) (\(Words.count(period.days, "day")))"
  }

  static func cutOff(_ source: HistorySource) -> String? {
    source.cutOff.map {
      "History is cut off at \(Words.short($0.revision)) of \($0.at.day): this clone is shallow. 'git fetch --unshallow' brings the rest."
    }
  }

  static func nothing(in history: ScoreHistory) -> String {
    if !history.reports.isEmpty {
      return "No report of these days has a score: nothing was assessed."
    }
    if history.before != nil {
      return
        "No report was written from \(history.period.since.day) to \(history.period.until.day), and the one that stood before has no score."
    }
    return
      "No report was written from \(history.period.since.day) to \(history.period.until.day), and none stood before."
  }

  /// `Identity Security, Sign-in`
  static func title(_ event: ScoreHistory.Event, in history: ScoreHistory) -> String {
    guard case .metric(_, let initiative) = event.subject else { return event.title }
    let title =
      history.series.first { $0.subject == .initiative(initiative) }?.title ?? initiative
    return "\(title), \(event.title)"
  }

  static func fall(_ event: ScoreHistory.Event) -> String {
    "fell by \(event.from - event.to) points: \(event.from) → \(event.to)"
  }
}
