internal import Posture

/// The words in which all formats tell of imported scores.
enum ImportWords {
  /// `815.22 of 1376 points (59.2 %), scored 2026-07-17`
  static func total(_ score: ImportedScore) -> String {
    guard let current = score.current, let possible = score.possible else {
      return "no score" + (score.obstacle.map { ": \(Phrases.text(of: $0))" } ?? "")
    }
    let day = score.scoredAt.map { ", scored \($0.day)" } ?? ""
    let stale = score.obstacle.map { " (as recorded: \(Phrases.text(of: $0)))" } ?? ""
    return points(current, of: possible) + day + stale
  }

  /// What counts beside the native recommendations, and what does not because it counts with them.
  static func counted(_ score: ImportedScore) -> String {
    let total = score.counted
    let number = Words.count(total.count, "recommendation")
    let text = "beside the native ones: \(number), \(points(total.earned, of: total.possible))"
    guard total.same > 0 else { return text }
    return text
      + (total.same == 1
        ? "; 1 is the same practice as a native one and counts there alone"
        : "; \(total.same) are the same practice as native ones and count there alone")
  }

  static func points(_ earned: ImportedPoints, of possible: ImportedPoints) -> String {
    let share = earned.percentage(of: possible).map { " (\($0.oneDecimal) %)" } ?? ""
    return "\(earned) of \(possible) points\(share)"
  }

  /// `same practice as okta-mfa on okta-eu`; nil where no native recommendation is.
  static func same(_ recommendation: ImportedRecommendation) -> String? {
    guard !recommendation.same.isEmpty else { return nil }
    let names = recommendation.same.map { same in
      same.instance == recommendation.subject
        ? same.recommendation : "\(same.recommendation) on \(same.instance)"
    }
    return "same practice as \(names.joined(separator: ", "))"
  }

  /// What the control speaks of: `okta-eu`, or the app where no instance can be told.
  static func subject(_ recommendation: ImportedRecommendation) -> String {
    recommendation.instance
      ?? recommendation.app.map { "\($0) (no instance named)" }
      ?? recommendation.control.service
  }

  /// `Default → Ignored, exception kiosks`
  static func effect(_ effect: Effect) -> String {
    let cause = effect.because.map { "exception \($0)" } ?? "no exception holds any more"
    return "\(effect.from.state) → \(effect.to.state), \(cause)"
  }

  static func of(_ outcome: Effect.Outcome.Kind) -> String {
    switch outcome {
    case .written: "written"
    case .found: "stood there already"
    case .leftAlone: "left alone"
    case .failed: "not written"
    }
  }

  /// `Ignored written on 2026-06-01, exception kiosks`
  static func record(_ record: Effect.Record, in source: ImportedSource) -> String {
    let cause = record.because.map { ", exception \($0)" } ?? ""
    let reason = Phrases.reason(of: record, in: source).map { ": \($0)" } ?? ""
    return "\(record.state) \(of(record.outcome.kind)) on \(record.at.day)\(cause)\(reason)"
  }
}
