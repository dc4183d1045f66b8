package import Text
internal import YAML

/// A condition that CI is stopped by, as it was judged: values, of which reports make the sentences.
package struct Gate: Sendable, Hashable {
  /// The condition, with its threshold.
  package let rule: Rule
  /// How it was judged.
  package let outcome: Outcome
  /// What it fails or warns for.
  package var caused: [Finding] = []
  /// What is amiss in the base as well: told, and no reason to stop a pull request.
  package var standing: [Finding] = []
  /// Why it can't be judged.
  package var obstacles: [Obstacle] = []
  /// Where it comes from: who wants to loosen it looks there.
  package let origin: Origin
  /// Whether a maintainer let through what is weakened, and with it that this can't be judged.
  package var isLetThrough = false
  /// Whether it ends the run with exit code 3: it failed, or could not be judged where it must be.
  package let stops: Bool

  /// - Parameter stops: By default, whether it failed.
  package init(_ rule: Rule, _ outcome: Outcome, origin: Origin = .builtIn, stops: Bool? = nil) {
    self.rule = rule
    self.outcome = outcome
    self.origin = origin
    self.stops = stops ?? (outcome == .failed)
  }

  /// As the Settings document writes it: `newNotCompliant`.
  package var name: String { rule.name.rawValue }

  /// How a gate was judged.
  package enum Outcome: String, Sendable, CaseIterable {
    case passed, warned, failed
    /// There is nothing that it could be judged by.
    case notJudged
  }

  /// What is asked, with the values that it is asked with.
  package enum Rule: Sendable, Hashable {
    /// The digest of what a pull request weakens; how many differences a maintainer let through, where one did; the
    /// digests that were let through and are of other differences.
    case lessAssessed(digest: String, accepted: Int?, others: [String])
    /// The least impact; how many were judged for the first time, and are not compliant.
    case newNotCompliant(Impact, first: Int)
    case scoreBelowTarget
    /// Points; what it is compared with; whether a lower score is of what only one side assesses.
    case scoreDrop(Int, since: Reference, isPartial: Bool)
    case expiredException
    /// Seconds.
    case exceptionTooLong(Int)
    /// Per cent.
    case coverageBelow(Int)
    case staleObservation

    /// The gate's name in the Settings document.
    package var name: Settings.GateName {
      switch self {
      case .lessAssessed: .lessAssessed
      case .newNotCompliant: .newNotCompliant
      case .scoreBelowTarget: .scoreBelowTarget
      case .scoreDrop: .scoreDrop
      case .expiredException: .expiredException
      case .exceptionTooLong: .exceptionTooLong
      case .coverageBelow: .coverageBelow
      case .staleObservation: .staleObservation
      }
    }
  }

  /// What a gate compares with: what is recorded, or the base of a pull request.
  package enum Reference: Sendable { case record, base }

  /// One thing that is amiss.
  package enum Finding: Sendable, Hashable {
    case weakened(Change)
    case newNotCompliant(recommendation: String, instance: String, was: Compliance?)
    case belowTarget(initiative: String, score: Fraction, target: Int)
    /// Whether it is only of what both sides assess.
    case fell(initiative: String, from: Fraction, to: Fraction, isPartial: Bool)
    case expired(exception: String, CalendarDate?)
    case tooLong(exception: String, CalendarDate, file: String, line: Int)
    case belowCoverage(initiative: String, coverage: Fraction, percent: Int)
    case stale(instance: String, StaleReason)
  }

  /// Why there is nothing to judge.
  package enum Obstacle: Sendable, Hashable {
    /// No instance is assessed, though one was declared or recorded.
    case unassessed
    /// No instance is assessed, and none ever was.
    case neverAssessed
    /// No initiative that is tracked has a score.
    case unscored
    /// None has in the base, either.
    case neverScored
    /// An initiative had a score, and nothing of it is assessed any more.
    case lost(initiative: String, was: Fraction?)

    /// Whether it could be judged before.
    package var isLoss: Bool {
      switch self {
      case .unassessed, .unscored, .lost: true
      case .neverAssessed, .neverScored: false
      }
    }
  }

  /// Where a gate comes from.
  package enum Origin: Sendable, Hashable {
    /// The command line asks for it, in these words.
    case demand(String)
    /// The base has it stricter than the pull request.
    case base
    /// The Settings document says it, in this file.
    case file(String)
    /// Nothing says otherwise.
    case builtIn
  }

  /// Tells other programs, as a word, what a gate found or what kept it from judging.
  package enum Code: String, Sendable, CaseIterable {
    case nothing, standing
    case weakened, newNotCompliant, belowTarget, fell, expired, tooLong, belowCoverage, stale
    case unassessed, neverAssessed, unscored, neverScored, lost
  }

  /// The first finding's code, else the first obstacle's, else whether the base has findings.
  package var code: Code {
    if let finding = caused.first { return finding.code }
    if let obstacle = obstacles.first { return obstacle.code }
    return standing.isEmpty ? .nothing : .standing
  }
}

extension Gate.Finding {
  /// Tells this kind of finding to other programs.
  package var code: Gate.Code {
    switch self {
    case .weakened: .weakened
    case .newNotCompliant: .newNotCompliant
    case .belowTarget: .belowTarget
    case .fell: .fell
    case .expired: .expired
    case .tooLong: .tooLong
    case .belowCoverage: .belowCoverage
    case .stale: .stale
    }
  }
}

extension Gate.Obstacle {
  /// Tells this kind of obstacle to other programs.
  package var code: Gate.Code {
    switch self {
    case .unassessed: .unassessed
    case .neverAssessed: .neverAssessed
    case .unscored: .unscored
    case .neverScored: .neverScored
    case .lost: .lost
    }
  }
}
