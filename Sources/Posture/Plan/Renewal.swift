/// What apply renews in the record although neither posture nor control changed.
///
/// A newer look at the same posture is no change, and makes no commit of its own: the record would
/// grow by one commit a run and say nothing. But a record that nobody renews looks as if nobody
/// looked. So apply renews what is older than half its `maxAge`, well before it no longer counts.
package struct Renewal: Sendable, Hashable {
  /// Instances whose observation is later than the recorded one, sorted by name.
  package var observations: [Observation] = []
  /// Whether definitions, names or texts differ from the recorded ones while no verdict does, as
  /// after most upgrades. Later changes are compared with them.
  package var isReworded = false

  /// An instance whose stored observation is later than the recorded one.
  package struct Observation: Sendable, Hashable {
    /// The instance's name.
    package let instance: String
    /// The time of the observation that is recorded.
    package let recordedAt: Instant
    /// The time of the later observation.
    package let observedAt: Instant
    /// The time from which the record is renewed: half of `maxAge` after the recorded observation.
    package let from: Instant
    /// Whether that time has come.
    package let isDue: Bool

    package init(
      instance: String, recordedAt: Instant, observedAt: Instant, from: Instant, isDue: Bool
    ) {
      self.instance = instance
      self.recordedAt = recordedAt
      self.observedAt = observedAt
      self.from = from
      self.isDue = isDue
    }
  }

  /// Nothing to renew.
  package init() {}

  /// The observations that are to be recorded now, sorted by the instance's name.
  package var due: [Observation] { observations.filter(\.isDue) }

  /// The next observation whose record will be renewed; nil where none waits.
  package var next: Observation? {
    observations.filter { !$0.isDue }.min { $0.from < $1.from }
  }

  /// Whether there is anything to renew now.
  package var isDue: Bool { isReworded || observations.contains(where: \.isDue) }
}
