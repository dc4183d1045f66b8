/// Scores over time with what was asked for and where it was read.
package struct HistoryReport: Sendable {
  /// Everything of the period.
  package let history: ScoreHistory
  package let selection: HistorySelection
  package let source: HistorySource

  package init(_ history: ScoreHistory, selection: HistorySelection, source: HistorySource) {
    self.history = history
    self.selection = selection
    self.source = source
  }

  /// What was asked for, or everything.
  package var selected: ScoreHistory {
    selection.isEmpty ? history : history.filtered(selection.includes)
  }
}

/// Where a history was read.
package struct HistorySource: Sendable, Hashable {
  /// The branch of reports, without `refs/heads/`.
  package let branch: String
  /// How many reports it has.
  package let reports: Int
  /// The oldest report of a shallow clone; nil where all of history is there.
  package let cutOff: ReportReference?

  package init(branch: String, reports: Int, cutOff: ReportReference?) {
    self.branch = branch
    self.reports = reports
    self.cutOff = cutOff
  }
}
