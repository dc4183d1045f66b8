internal import Observation
package import Posture
internal import Text

/// What the controller knows of one instance: when it is observed next, and how it stands.
package struct InstanceControl: Sendable {
  package internal(set) var instance: Instance
  /// Seconds since 1970.
  package private(set) var nextRun: Double
  package private(set) var isRunning = false
  /// Whether this process has tried to observe it.
  private(set) var hasBegun = false
  package private(set) var failuresInARow = 0
  /// When it was last observed, in seconds since 1970, by this process or before; nil for never.
  package private(set) var lastSuccess: Double?
  package private(set) var failure: Fault?
  package private(set) var condition: InstanceCondition
  /// Since when the condition is of its kind and reason, in seconds since 1970.
  package private(set) var since: Double
  /// Why what was seen last is held.
  private var suspicion: (code: String, text: String)?
  private var succeededHere = false

  /// - Parameters:
  ///   - observedAt: When what is stored of it was observed; nil where nothing is.
  ///   - spread: Seconds over which those that begin together are spread.
  ///   - attempt: A failure of an earlier process that is later than that.
  init(
    _ instance: Instance, observedAt: Double?, attempt: FailedAttempt?, rhythm: ObservationRhythm,
    spread: Double, now: Double
  ) {
    self.instance = instance
    lastSuccess = observedAt
    failure = attempt?.failure
    failuresInARow = attempt == nil ? 0 : 1
    nextRun = rhythm.first(instance, observedAt: observedAt, spread: spread, now: now)
    // An earlier process was refused: starting again is no reason to hammer.
    if let attempt, attempt.failure.code.remedy == .act {
      nextRun = max(nextRun, Double(attempt.at.secondsSince1970 + rhythm.floor))
    }
    since = now
    condition = InstanceCondition(kind: .reconciling, reason: "neverObserved", message: "")
  }

  /// Whether it is to be observed now.
  func isDue(now: Double) -> Bool {
    !isRunning && nextRun <= now && !instance.isSuspended(at: Instant(seconds: now))
  }

  mutating func begin() {
    isRunning = true
    hasBegun = true
  }

  /// Takes what came of observing it.
  mutating func end(
    _ report: ObservationReport, rhythm: ObservationRhythm, now: Double, chance: Double
  ) {
    isRunning = false
    if let failure = report.failure {
      // Whoever else observes it does no harm, and whoever stops us says nothing of it.
      let isOurs = failure.code != .busy && failure.code != .cancelled
      if isOurs {
        self.failure = failure
        failuresInARow += 1
      }
      nextRun =
        now
        + RetryDelay.seconds(
          after: failure, failures: isOurs ? failuresInARow : 1,
          opening: report.opening.map { $0 - now }, interval: rhythm.interval(of: instance),
          chance: chance)
    } else {
      failure = nil
      failuresInARow = 0
      lastSuccess = now
      nextRun = rhythm.next(instance, after: now, isFirst: !succeededHere, chance: chance)
      succeededHere = true
    }
  }

  /// It is observed as soon as it may be.
  mutating func hurry(now: Double) { nextRun = min(nextRun, now) }

  /// Takes what a plan makes of what was seen.
  mutating func take(suspicion: (code: String, text: String)?) { self.suspicion = suspicion }

  /// Sums up anew.
  ///
  /// - Returns: The condition before, where another kind holds now, or another reason.
  mutating func sumUp(now: Double) -> InstanceCondition? {
    let suspension = instance.suspension(at: Instant(seconds: now))
    let summed = InstanceCondition.summing(
      suspension: suspension.map { "until \($0.until.description): \($0.reason)" },
      failure: failure, suspicion: suspicion, isObserved: lastSuccess != nil)
    let before = condition
    condition = summed
    guard (before.kind, before.reason) != (summed.kind, summed.reason) else { return nil }
    since = now
    return before
  }
}

extension Instant {
  init(seconds: Double) { self.init(secondsSince1970: Int(seconds)) }
}
