internal import Text

/// What stands at a moment, recorded or just assessed: what `state.json` and the instances' files hold.
package struct Snapshot: Sendable, Hashable {
  /// Tracked initiatives as they were resolved.
  package var initiatives: ByName<InitiativeDefinition>
  /// Declared instances as they stand, assessed or not.
  package var instances: ByName<Instance>
  /// Exceptions as they stand.
  package var exceptions: ByName<Exception>
  /// The names of the recommendations that the repository has switched off.
  package var disabled: Set<String>
  /// Imported scores, by the instance they were read through.
  package var imports: [String: RecordedImport] = [:]
  /// Instances whose files an earlier version wrote, which left out what is known of them here.
  package var incomplete: Set<String> = []
  /// Whether anything was recorded; a report of nothing is a report.
  package var isReport = true

  package init(
    initiatives: some Sequence<InitiativeDefinition>, instances: some Sequence<Instance>,
    exceptions: some Sequence<Exception>, disabled: Set<String> = []
  ) {
    self.initiatives = ByName(initiatives)
    self.instances = ByName(instances)
    self.exceptions = ByName(exceptions)
    self.disabled = disabled
  }

  /// What stands before the first report.
  package static let empty = {
    var snapshot = Snapshot(initiatives: [], instances: [], exceptions: [])
    snapshot.isReport = false
    return snapshot
  }()

  /// What every recommendation stands at, where its instance is assessed.
  package var standings: [Standing] { instances.flatMap(\.standings) }

  /// The initiatives' scores, computed of what stands.
  package var scores: ByName<InitiativeScore> {
    let index = StandingIndex(standings)
    return ByName(initiatives.map { InitiativeScore($0, standings: index) })
  }
}

extension InitiativeDefinition: Named {}

extension InitiativeScore: Named {
  /// The initiative's name.
  package var name: String { definition.name }

  /// The metrics' values by name, of those that have one.
  package var values: [String: Fraction] {
    Dictionary(
      firstOf: metrics.compactMap { metric in metric.card.score.map { (metric.definition.name, $0) }
      })
  }
}
