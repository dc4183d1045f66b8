/// A comparison of the record, or of a base, with what is assessed now: what it means for the
/// gates, and what apply will do about it.
///
/// It holds values only: the same inputs give the same plan.
@dynamicMemberLookup
package struct Plan: Sendable {
  /// The desired state that the plan was made of.
  package var desired: DesiredReference
  /// The desired state of `--base`, which this one is compared with; nil without it.
  package var base: DesiredReference?
  /// The commit whose recorded state the plan starts from; nil when there is none yet.
  package var recordedRevision: String?
  /// What stood, what stands, and the changes from one to the other.
  package var comparison: Comparison
  /// The gates as they were judged.
  package var gates: [Gate] = []
  /// What apply renews in the record although nothing changed.
  package var renewal: Renewal
  /// Whether apply would write a commit: something changed, the record is to be renewed, or something was
  /// done in a tenant that is to be recorded.
  package var wouldCommit: Bool
  /// Which commit brought an instance's data that lies in the repository, recorded or exported, by
  /// instance, for those whose data differs from the recorded one.
  package var dataOrigins: [String: DataOrigin] = [:]
  /// What the change weakens, where two desired states are compared; nil where it weakens nothing.
  package var weakening: Weakening?

  /// Decides ``wouldCommit`` by the changes and the renewal; with a base, nothing is committed.
  package init(
    _ comparison: Comparison, desired: DesiredReference, base: DesiredReference? = nil,
    recordedRevision: String?, renewal: Renewal = Renewal()
  ) {
    self.comparison = comparison
    self.desired = desired
    self.base = base
    self.recordedRevision = recordedRevision
    self.renewal = renewal
    // What is held as suspect is told every time, and recorded once.
    wouldCommit =
      base == nil
      && (!comparison.before.isReport || renewal.isDue
        || comparison.changes.contains { $0.type != .suspect })
  }

  /// Reads and sets what the comparison holds.
  package subscript<Value>(dynamicMember path: WritableKeyPath<Comparison, Value>) -> Value {
    get { comparison[keyPath: path] }
    set { comparison[keyPath: path] = newValue }
  }

  /// Reads what the comparison holds.
  package subscript<Value>(dynamicMember path: KeyPath<Comparison, Value>) -> Value {
    comparison[keyPath: path]
  }

  /// The commit that apply would write, upon the recorded one.
  package var commit: Effect? {
    guard wouldCommit else { return nil }
    return Effect(
      on: .reports, subject: "", title: "", from: TargetState(state: recordedRevision ?? ""),
      to: TargetState(state: desired.revision ?? desired.digest), because: nil)
  }

  /// What apply does, in this order: first in tenants, then the commit, which says what came of it.
  package var effects: [Effect] {
    comparison.imports.flatMap(\.effects) + (commit.map { [$0] } ?? [])
  }

  /// Takes in the outcomes of effects on a target; they are recorded with the plan.
  package mutating func take(_ records: [Effect.Record], of target: Effect.Target) {
    for index in comparison.imports.indices where comparison.imports[index].target == target {
      let before = comparison.imports[index].records
      comparison.imports[index].take(records)
      if comparison.imports[index].records != before { wouldCommit = true }
    }
  }

  /// The effects on tenants that failed, each with its target.
  package var failures: [(score: ImportedScore, record: Effect.Record)] {
    comparison.imports.flatMap { score in
      score.records.filter { $0.outcome.kind == .failed }.map { (score, $0) }
    }
  }

  /// The snapshot that apply records.
  package var snapshot: Snapshot {
    var snapshot = comparison.after
    snapshot.imports = RecordedImport.all(of: comparison.imports)
    return snapshot
  }

  /// Whether posture or control changed, or nothing was recorded before. A newer look at the same
  /// posture is no change, although apply may renew the record.
  package var hasChanges: Bool {
    !comparison.changes.isEmpty || base == nil && recordedRevision == nil
  }

  /// Whether any gate ends the run with exit code 3.
  package var failsGate: Bool { gates.contains(where: \.stops) }
}

/// Which commit brought data that lies in the repository.
package enum DataOrigin: Sendable, Hashable {
  case commit(ExceptionPlan.Origin.Commit)
  /// It lies in the working tree, and in no commit.
  case uncommitted
}

/// The desired state that a plan was made of.
package struct DesiredReference: Sendable, Hashable {
  /// The commit; nil when the working tree was read.
  package let revision: String?
  /// The folder, relative to the repository's root.
  package let path: String
  /// SHA-256 of the files that were read, in hexadecimal.
  package let digest: String

  package init(revision: String?, path: String, digest: String) {
    self.revision = revision
    self.path = path
    self.digest = digest
  }
}

/// One tracked initiative in a plan.
package struct InitiativePlan: Sendable {
  /// The score as it stands.
  package let score: InitiativeScore
  /// The score before; nil where there was none.
  package let before: Fraction?
  /// The values before, by metric.
  package let metricsBefore: [String: Fraction]
  /// What the initiative is about; empty where the desired state does not say.
  package let description: String

  /// - Parameter before: The initiative's score before; nil where it had none.
  package init(score: InitiativeScore, before: InitiativeScore?, description: String) {
    self.score = score
    self.before = before?.score
    metricsBefore = before?.values ?? [:]
    self.description = description
  }

  /// The initiative's name.
  package var name: String { score.definition.name }

  /// The score less the one before, exact; nil where there was none. A score that is lost fell by
  /// all that it was.
  package var movement: Fraction? { before.map { (score.score ?? .zero) - $0 } }

  /// Whether it had a score and now has another, or none.
  package var hasMoved: Bool { before != nil && before != score.score }
}

extension [InitiativePlan] {
  /// The initiatives with the biggest fall first, then those that rose, then those that did not
  /// move, each group in the declared order.
  package var fallsFirst: [InitiativePlan] {
    func rank(_ item: InitiativePlan) -> Int {
      guard let movement = item.movement, movement != .zero else { return 2 }
      return movement < .zero ? 0 : 1
    }
    return enumerated().sorted { left, right in
      let ranks = (rank(left.element), rank(right.element))
      if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
      let moves = (left.element.movement ?? .zero, right.element.movement ?? .zero)
      if ranks.0 == 0, moves.0 != moves.1 { return moves.0 < moves.1 }
      return left.offset < right.offset
    }.map(\.element)
  }
}
