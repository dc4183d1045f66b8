internal import Connectors
internal import Git
package import Posture
package import Reports
internal import YAML

/// A history as far as it is read when a reader is made, for readers of the same reports later: it may cross threads, which a
/// repository may not.
package struct HistoryOutline: Sendable {
  let declared: DeclaredState
  let location: DeclaredState.Location
  let selection: InstanceSelection?
  let branch: String
  let folder: String
  let entries: [ReportLog.Entry]
  let tip: ObjectID
  let cutOff: ReportReference?

  /// Everything that is known of a recommendation, and of no initiative and no exception that the comparison has not.
  ///
  /// - Parameter results: How it stands on the instances.
  package func explanation(
    of recommendation: Recommendation, results: [RecommendationResult], in comparison: Comparison
  ) -> Explanation {
    let tracked = Set(comparison.initiatives.map(\.name))
    let app = recommendation.app.value
    return Explanation(
      recommendation, appTitle: declared.state.connectors[app]?.displayName ?? app,
      initiatives: declared.state.initiatives.filter { tracked.contains($0.name) },
      results: results, exceptions: comparison.exceptions.map(\.exception), now: comparison.at)
  }
}

extension HistoryReader {
  /// What another reader of the same reports is made of.
  package var outline: HistoryOutline {
    HistoryOutline(
      declared: declared, location: location, selection: selection, branch: log.branch,
      folder: log.folder, entries: log.entries, tip: log.tip, cutOff: log.cutOff)
  }

  /// A reader of the reports that another one found: neither the desired state nor the branch is read again.
  package init(_ outline: HistoryOutline) throws {
    self.init(
      declared: outline.declared, location: outline.location, selection: outline.selection,
      log: ReportLog(
        repository: try Repository.open(path: outline.location.repository),
        branch: outline.branch, folder: outline.folder, entries: outline.entries,
        tip: outline.tip, cutOff: outline.cutOff))
  }
}
