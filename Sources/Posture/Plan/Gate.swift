package import Text
internal import YAML

/// A condition that may stop CI, as it was judged. It holds values; reports make the sentences.
package struct Gate: Sendable, Hashable {
  /// The condition, with its threshold.
  package let rule: Rule
  /// How it was judged.
  package let outcome: Outcome
  /// The findings for which it fails or warns.
  package var caused: [Finding] = []
  /// The findings that the base has as well: reports tell them, and they stop no pull request.
  package var standing: [Finding] = []
  /// Why it can't be judged.
  package var obstacles: [Obstacle] = []
  /// Who sets it; whoever wants to loosen it looks there.
  package let origin: Origin
  /// Whether a maintainer let the weakening through, and with it that this gate can't be judged.
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

  /// The gate's name as the Settings document writes it: `newNotCompliant`.
  package var name: String { rule.name.rawValue }

  /// How a gate was judged.
  package enum Outcome: String, Sendable, CaseIterable {
    case passed, warned, failed
    /// There is nothing to judge it by.
    case notJudged
  }

  /// The condition, with its values.
  package enum Rule: Sendable, Hashable {
    /// The digest of what a pull request weakens; how many differences a maintainer let through,
    /// nil where none did; and the accepted digests that belong to other differences.
    case lessAssessed(digest: String, accepted: Int?, others: [String])
    /// The least impact, and how many results were judged for the first time and are not compliant.
    case newNotCompliant(Impact, first: Int)
    case scoreBelowTarget
    /// Points; what the score is compared with; and whether a lower score comes from what only one
    /// side assesses.
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
    /// `isPartial`: whether the fall is only in what both sides assess.
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
    /// No tracked initiative has a score, and none had one in the base.
    case neverScored
    /// An initiative had a score, and nothing in it is assessed any more.
    case lost(initiative: String, was: Fraction?)

    /// Whether the gate could be judged before.
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
    /// The base sets it more strictly than the pull request does.
    case base
    /// The Settings document in this file sets it.
    case file(String)
    /// Nobody sets it: the default holds.
    case builtIn
  }

  /// A word that tells other programs what a gate found, or what kept it from judging.
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
  /// The word for this kind of finding.
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
  /// The word for this kind of obstacle.
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
