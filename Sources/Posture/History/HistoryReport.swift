/// Scores over time, with what was asked for and where they were read.
package struct HistoryReport: Sendable {
  /// All scores of the period.
  package let history: ScoreHistory
  /// What was asked for.
  package let selection: HistorySelection
  /// The branch that the scores were read from.
  package let source: HistorySource

  package init(_ history: ScoreHistory, selection: HistorySelection, source: HistorySource) {
    self.history = history
    self.selection = selection
    self.source = source
  }

  /// The scores that were asked for; all where nothing was.
  package var selected: ScoreHistory {
    selection.isEmpty ? history : history.filtered(selection.includes)
  }
}

/// Where a history was read.
package struct HistorySource: Sendable, Hashable {
  /// The branch of reports, without `refs/heads/`.
  package let branch: String
  /// How many reports it has, those outside the period too.
  package let reports: Int
  /// The oldest report of a shallow clone; nil where all of history is there.
  package let cutOff: ReportReference?

  package init(branch: String, reports: Int, cutOff: ReportReference?) {
    self.branch = branch
    self.reports = reports
    self.cutOff = cutOff
  }
}
