package import Observation
package import Posture
internal import YAML

/// The instances that the controller looks after. A value: it is told what happens and when, and says what is to be done; it has no clock,
/// no chance and no network of its own.
package struct ControlTable: Sendable {
  package let rhythm: ObservationRhythm
  /// By name.
  package private(set) var instances: [String: InstanceControl] = [:]

  package init(_ rhythm: ObservationRhythm) { self.rhythm = rhythm }

  /// A condition that became another.
  package struct Transition: Sendable {
    package let instance: String
    package let app: String
    package let before: InstanceCondition
    package let now: InstanceCondition
    /// In a row.
    package let failures: Int
  }

  /// What is stored of an instance.
  package struct Stored: Sendable {
    package var observedAt: Instant?
    package var attempt: FailedAttempt?

    package init(observedAt: Instant? = nil, attempt: FailedAttempt? = nil) {
      self.observedAt = observedAt
      self.attempt = attempt
    }
  }

  /// Takes a desired state: new instances begin, those that are gone or off end, the others go on.
  ///
  /// An instance that is declared otherwise than before, another tenant perhaps, begins anew, and never sooner than the floor allows.
  package mutating func declare(
    _ declared: [Instance], now: Double, stored: (Instance) -> Stored
  ) -> [Transition] {
    var kept: [String: InstanceControl] = [:]
    let looked = Self.looked(among: declared)
    let spread = rhythm.spread(of: newcomers(among: declared).count)
    for instance in looked {
      if var control = instances[instance.name], control.instance.digest == instance.digest {
        control.instance = instance
        kept[instance.name] = control
      } else {
        let stored = stored(instance)
        kept[instance.name] = InstanceControl(
          instance, observedAt: stored.observedAt.map { Double($0.secondsSince1970) },
          attempt: stored.attempt, rhythm: rhythm, spread: spread, now: now)
      }
    }
    instances = kept
    return transitions(now: now)
  }

  /// Those that are read over an API, and on.
  private static func looked(among declared: [Instance]) -> [Instance] {
    declared.filter { $0.recommendations && $0.api != nil }
  }

  /// Of declared instances those that begin, or begin anew.
  package func newcomers(among declared: [Instance]) -> [Instance] {
    Self.looked(among: declared).filter { instances[$0.name]?.instance.digest != $0.digest }
  }

  /// The instances that are to be observed now, the longest due first.
  ///
  /// - Parameter most: How many.
  package mutating func begin(now: Double, most: Int) -> [String] {
    let due = instances.values.filter { $0.isDue(now: now) }
      .sorted { ($0.nextRun, $0.instance.name) < ($1.nextRun, $1.instance.name) }
      .prefix(max(0, most)).map(\.instance.name)
    for name in due { instances[name]?.begin() }
    return due
  }

  /// Takes what came of observing one.
  package mutating func end(
    _ report: ObservationReport, now: Double, chance: Double
  ) -> [Transition] {
    instances[report.instance]?.end(report, rhythm: rhythm, now: now, chance: chance)
    return transitions(now: now)
  }

  /// The credentials changed: what waits for somebody to act may be tried.
  package mutating func credentialsChanged(now: Double) {
    for (name, control) in instances where control.condition.kind == .stalled {
      instances[name]?.hurry(now: now)
    }
  }

  /// Takes what a plan holds back.
  ///
  /// - Parameter suspects: Why, by instance.
  package mutating func planned(
    suspects: [String: (code: String, text: String)], now: Double
  ) -> [Transition] {
    for name in instances.keys { instances[name]?.take(suspicion: suspects[name]) }
    return transitions(now: now)
  }

  /// Sums up all anew: a suspension may have ended meanwhile.
  package mutating func transitions(now: Double) -> [Transition] {
    instances.keys.sorted().compactMap { name in
      guard let before = instances[name]?.sumUp(now: now), let control = instances[name] else {
        return nil
      }
      return Transition(
        instance: name, app: control.instance.app.value, before: before, now: control.condition,
        failures: control.failuresInARow)
    }
  }

  /// Whether one is to be observed for the first time until then.
  package func begins(until time: Double, now: Double) -> Bool {
    instances.values.contains {
      !$0.hasBegun && $0.nextRun <= time && !$0.instance.isSuspended(at: Instant(seconds: now))
    }
  }

  /// When the next instance is due, in seconds since 1970; nil while none waits.
  package func nextRun(now: Double) -> Double? {
    instances.values.filter { !$0.isRunning && !$0.instance.isSuspended(at: Instant(seconds: now)) }
      .map(\.nextRun).min()
  }
}
