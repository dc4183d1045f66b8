extension Change {
  /// What a difference that weakens takes out of sight today. Indirect, since few changes have it.
  package indirect enum Hidden: Sendable, Hashable {
    case nothing
    /// An exception that covers nothing.
    case uncovered
    /// What an exception covers, and what it does to scores.
    case covered(Snapshot.Exception.Extent)
    /// Results that ask for something now and ask nobody for it afterwards.
    case results(notCompliant: Int, high: Int, unknown: Int)
    /// The score and the target of an initiative that is no longer tracked.
    case goal(score: Fraction?, target: Int)
    /// A score that is below the target until now.
    case target(score: Fraction?, target: Int)
    case score(from: Fraction?, to: Fraction?)
    /// What a gate would stop after the merge.
    case gate
    /// What was recorded until now.
    case record
    /// What would be told after the merge.
    case notice
  }
}
