package import Posture
internal import Text
internal import YAML

/// What a gate found, and what gets past it.
extension Phrases {
  private static let mostTold = 10

  /// Why a gate is passed, failed, or not judged.
  package static func reason(of gate: Gate) -> String {
    let stood =
      gate.standing.isEmpty
      ? nil : "in the base, too: \(gate.standing.map(text).listed(atMost: mostTold))"
    switch gate.outcome {
    case .failed, .warned:
      return
        "\(failed(gate.rule)): \(gate.caused.map(text).listed(atMost: mostTold))\(others(gate.rule))"
        + (stood.map { "; \($0)" } ?? "")
    case .notJudged:
      return gate.obstacles.map(text).listed(atMost: mostTold)
        + (gate.isLetThrough ? "; let through with --accept-less" : "")
    case .passed:
      return stood.map { "not this change's doing; \(failed(gate.rule)) \($0)" }
        ?? passed(gate.rule)
    }
  }

  /// How to get past a gate; nil where nothing has to be done.
  package static func remedy(of gate: Gate) -> String? {
    let words =
      switch gate.outcome {
      case .failed, .warned: remedy(gate.rule)
      case .notJudged where !gate.isLetThrough && gate.obstacles.contains(where: \.isLoss):
        "what was judged before is to be judged again"
      case .notJudged, .passed: nil as String?
      }
    return words.map { "\($0) (\(text(of: gate.origin, gate.name)))" }
  }

  private static func passed(_ rule: Gate.Rule) -> String {
    switch rule {
    case .lessAssessed(let digest, let accepted?, _):
      "\(accepted) declared \(accepted == 1 ? "difference weakens" : "differences weaken"), let through with --accept-less \(digest)"
    case .lessAssessed: "nothing that is declared is weakened"
    case .newNotCompliant(let least, 0):
      "nothing of \(least.rawValue) impact or more is newly not compliant"
    case .newNotCompliant(let least, let first):
      "nothing of \(least.rawValue) impact or more is newly not compliant; \(first) judged for the first time \(first == 1 ? "is" : "are") not compliant"
    case .scoreBelowTarget: "every tracked initiative reaches its target"
    case .scoreDrop(let points, let since, let isPartial):
      "no initiative fell\(points == 0 ? "" : " by \(points) points or more") against \(text(of: since))\(isPartial ? ", of what both assess" : "")"
    case .expiredException: "no exception has expired"
    case .exceptionTooLong(let seconds):
      "no exception ends more than \(Timespan(seconds: seconds)) ahead"
    case .coverageBelow(let percent):
      "every tracked initiative is assessed to \(percent) % or more"
    case .staleObservation: "every instance is observed"
    }
  }

  private static func failed(_ rule: Gate.Rule) -> String {
    switch rule {
    case .lessAssessed: "weakened"
    case .newNotCompliant: "newly not compliant"
    case .scoreBelowTarget: "below the target score"
    case .scoreDrop(0, let since, _): "fell against \(text(of: since))"
    case .scoreDrop(let points, _, _): "fell by \(points) points or more"
    case .expiredException: "expired; renew or delete"
    case .exceptionTooLong(let seconds):
      "ends more than exceptions.maxDuration \(Timespan(seconds: seconds)) ahead"
    case .coverageBelow: "assessed too little"
    case .staleObservation: "not observed now"
    }
  }

  private static func remedy(_ rule: Gate.Rule) -> String {
    switch rule {
    case .lessAssessed(let digest, _, _):
      "undo them; or a maintainer who agrees runs this with --accept-less \(digest)"
    case .newNotCompliant:
      "fix them, or have each decided in a pull request: plumb except RECOMMENDATION --instance NAME …"
    case .scoreBelowTarget:
      "complete what 'plumb show --initiative NAME' lists first, or declare another target"
    case .scoreDrop: "undo what lowered the score: its changes are listed above"
    case .expiredException:
      "have the owner renew 'expires', or fix what it covered and delete the document"
    case .exceptionTooLong: "declare an earlier last day; it can be renewed when it comes near"
    case .coverageBelow:
      "observe the instances under Gaps again, with the permissions that are named there"
    case .staleObservation: "observe them again, or switch them off: plumb instances off NAME"
    }
  }

  /// What was let through, and is of other differences.
  private static func others(_ rule: Gate.Rule) -> String {
    guard case .lessAssessed(_, _, let others) = rule, !others.isEmpty else { return "" }
    return "; --accept-less \(others.joined(separator: ", ")) is of other differences"
  }

  private static func text(of reference: Gate.Reference) -> String {
    reference == .base ? "the base" : "what was recorded"
  }

  private static func text(of origin: Gate.Origin, _ name: String) -> String {
    switch origin {
    case .demand(let words): "--fail-on \(words)"
    case .base: "gates.\(name) of the base, until this is merged"
    case .file(let file): "gates.\(name) in \(file)"
    case .builtIn: "gates.\(name), on by default"
    }
  }

  private static func text(of finding: Gate.Finding) -> String {
    switch finding {
    case .weakened(let change):
      "\(subject(of: change)): \(reason(of: change)) (hides: \(text(of: change.hides ?? .nothing)))"
    case .newNotCompliant(let recommendation, let instance, let was):
      "\(recommendation) on \(instance) (was \(was?.rawValue ?? "unknown"))"
    case .belowTarget(let initiative, let score, let target):
      "\(initiative) \(score.oneDecimal) < \(target)"
    case .fell(let initiative, let from, let to, let isPartial):
      "\(initiative) \(from.oneDecimal) → \(to.oneDecimal) (\((to - from).signedOneDecimal))"
        + (isPartial ? " of what both assess" : "")
    case .expired(let exception, let day): exception + (day.map { " (\($0))" } ?? "")
    case .tooLong(let exception, let day, let file, let line):
      "\(exception) (\(day), \(file):\(line))"
    case .belowCoverage(let initiative, let coverage, let percent):
      "\(initiative) \(coverage.oneDecimal) % < \(percent) %"
    case .stale(let instance, let reason): "\(instance) (\(text(of: reason)))"
    }
  }

  private static func text(of obstacle: Gate.Obstacle) -> String {
    switch obstacle {
    case .unassessed: "no instance is assessed"
    case .neverAssessed: "no instance is assessed yet"
    case .unscored: "no tracked initiative has a score"
    case .neverScored: "no tracked initiative has a score, in the base neither"
    case .lost(let initiative, let was):
      "\(initiative) was \(was?.oneDecimal ?? "–"), and nothing of it is assessed"
    }
  }

  /// What a difference that weakens takes out of sight.
  package static func text(of hidden: Change.Hidden) -> String {
    switch hidden {
    case .nothing: return "nothing today"
    case .uncovered: return "covers nothing today"
    case .covered(let extent): return "covers \(text(of: extent))"
    case .results(let notCompliant, let high, let unknown):
      var parts: [String] = []
      if notCompliant > 0 {
        parts.append(
          "\(notCompliant) not compliant" + (high > 0 ? " (\(high) of high impact)" : ""))
      }
      if unknown > 0 { parts.append("\(unknown) unknown") }
      return parts.joined(separator: ", ")
    case .goal(let score, let target):
      return "score \(score?.oneDecimal ?? "–") of target \(target)"
    case .target(let score, let target):
      return "score \(score?.oneDecimal ?? "–") is below \(target)"
    case .score(let from, let to):
      return "score \(from?.oneDecimal ?? "–") → \(to?.oneDecimal ?? "–")"
    case .gate: return "what it would stop after the merge"
    case .record: return "what was recorded until now"
    case .notice: return "what would be told after the merge"
    }
  }
}
