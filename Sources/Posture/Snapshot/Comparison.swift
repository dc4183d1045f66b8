internal import Text

/// Two snapshots and the changes between them, each with its cause: what a plan, a pull request and a
/// difference of two reports tell.
package struct Comparison: Sendable {
  /// What stood at first.
  package let before: Snapshot
  /// What stands in the end.
  package let after: Snapshot
  /// The time that counts as now.
  package var at: Instant
  /// The initiatives of the later snapshot, with their scores of before.
  package var initiatives: [InitiativePlan]
  /// Those of the later snapshot, sorted by name.
  package var instances: [InstancePlan]
  /// Those of the later snapshot that are still declared, in its order.
  package var exceptions: [ExceptionPlan]
  /// Vendors' own recommendations, by the instance they were read through, sorted by its name.
  package var imports: [ImportedScore]
  /// In the order of listing.
  package var changes: [Change]
  /// Scores that fell by at least the threshold of the settings.
  package var events: [Event]

  /// - Parameters:
  ///   - scores: The initiatives' scores of both.
  ///   - changes: In any order.
  ///   - desired: What says of recommendations, exceptions and places what no snapshot does.
  package init(
    from before: Snapshot, to after: Snapshot, scores: Scores, at: Instant, changes: [Change],
    imports: [ImportedScore] = [], desired: DesiredState
  ) {
    self.before = before
    self.after = after
    self.at = at
    self.imports = imports
    initiatives = scores.after.map { score in
      InitiativePlan(
        score: score, before: scores.before[score.name],
        description: desired.initiative(score.name)?.description ?? "")
    }
    let known = Dictionary(
      firstOf: desired.recommendations.map { ($0.name, Shared<Recommendation?>($0)) })
    instances = after.instances.map { instance in
      InstancePlan(
        instance, before: before.instances[instance.name]?.score,
        declared: desired.instance(instance.name), known: known, scores: scores.after)
    }
    let declared = ByName(desired.exceptions)
    exceptions = after.exceptions.compactMap { standing in
      declared[standing.name].map { ExceptionPlan($0, standing: standing) }
    }
    self.changes = changes.ordered(in: instances)
    events = Event.falls(scores, threshold: desired.settings.scoreDropThreshold)
  }

  /// The initiatives' scores of two snapshots.
  package struct Scores: Sendable {
    /// The scores of the earlier snapshot.
    package let before: ByName<InitiativeScore>
    /// The scores of the later snapshot.
    package let after: ByName<InitiativeScore>

    package init(before: ByName<InitiativeScore>, after: ByName<InitiativeScore>) {
      self.before = before
      self.after = after
    }
  }
}

extension Recommendation: Named {}
extension Exception: Named {}
