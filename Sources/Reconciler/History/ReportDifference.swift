internal import Connectors
package import Posture
internal import YAML

/// The differences between two reports.
package struct ReportDifference: Sendable {
  /// The report at which the comparison begins.
  package let from: ReportReference
  /// The report at which the comparison ends.
  package let to: ReportReference
  /// What changed from one to the other, and why.
  package let comparison: Comparison

  /// - Parameter desired: The present desired state, for what reports do not record.
  init(
    from: (report: ReportReference, snapshot: Snapshot),
    to: (report: ReportReference, snapshot: Snapshot), desired: DesiredState
  ) {
    self.from = from.report
    self.to = to.report
    var comparison = Comparison(
      from: from.snapshot, to: to.snapshot, at: to.report.at, desired: desired)
    // What stands is told by what is declared, and this by what was.
    comparison.exceptions = []
    self.comparison = comparison
  }
}

extension Comparison {
  /// Compares two recorded snapshots.
  ///
  /// - Parameters:
  ///   - at: When the later one was made.
  ///   - desired: The present desired state, for what reports do not record.
  init(from: Snapshot, to: Snapshot, at: Instant, desired: DesiredState) {
    let before = from.completed(by: desired)
    let after = to.completed(by: desired)
    let scores = Comparison.Scores(before: before.scores, after: after.scores)
    self.init(
      from: before, to: after, scores: scores, at: at,
      changes: Differ(
        before: before, after: after, scores: scores, attribution: Attribution(desired: desired)
      ).changes(), desired: desired)
  }
}

extension Snapshot {
  /// The snapshot, with what files of earlier versions do not say taken from the present desired
  /// state.
  func completed(by desired: DesiredState) -> Snapshot {
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
