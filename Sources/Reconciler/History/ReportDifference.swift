internal import Connectors
package import Posture
internal import YAML

/// What one report says otherwise than another.
package struct ReportDifference: Sendable {
  package let from: ReportReference
  package let to: ReportReference
  package let comparison: Comparison

  /// - Parameter desired: What is declared now, for what reports do not record.
  init(
    from: (report: ReportReference, snapshot: Snapshot),
    to: (report: ReportReference, snapshot: Snapshot), desired: DesiredState
  ) {
    self.from = from.report
    self.to = to.report
    let before = from.snapshot.completed(by: desired)
    let after = to.snapshot.completed(by: desired)
    let scores = Comparison.Scores(before: before.scores, after: after.scores)
    var comparison = Comparison(
      from: before, to: after, scores: scores, at: to.report.at,
      changes: Differ(
        before: before, after: after, scores: scores, attribution: Attribution(desired: desired)
      ).changes(), desired: desired)
    // What stands is told by what is declared, and this by what was.
    comparison.exceptions = []
    self.comparison = comparison
  }
}

extension Snapshot {
  /// With what files of earlier versions do not say, as it is declared now.
  fileprivate func completed(by desired: DesiredState) -> Snapshot {
    var snapshot = self
    snapshot.instances.update { instance in
      guard instance.appTitle == nil else { return }
      instance.appTitle = desired.connectors[instance.app]?.displayName
      instance.labels = desired.instance(instance.name)?.labels ?? [:]
      instance.results.update { result in
        result.collection = desired.recommendation(result.name)?.collection?.value
      }
    }
    return snapshot
  }
}
