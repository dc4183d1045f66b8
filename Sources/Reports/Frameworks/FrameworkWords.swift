internal import Posture

extension ControlStanding.Fulfilment {
  /// In a sentence and in tables for people.
  var words: String {
    switch self {
    case .met: "met"
    case .notMet: "not met"
    case .unknown: "unknown"
    case .notApplicable: "not applicable"
    case .covered: "covered"
    case .partlyCovered: "partly covered"
    case .notCovered: "not covered"
    }
  }

  var span: TextSpan {
    switch self {
    case .met: TextSpan("✓", .green)
    case .notMet: TextSpan("✗", .red)
    case .unknown: TextSpan("?", .magenta)
    case .covered: TextSpan("✓")
    case .partlyCovered: TextSpan("~", .yellow)
    case .notApplicable, .notCovered: TextSpan("–", .dim)
    }
  }
}

extension FrameworkStanding {
  /// `29 controls: 20 met, 3 not met, 6 not covered`.
  var summary: String {
    let parts = counts.map { "\($0.count) \($0.fulfilment.words)" }
    return "\(Words.count(controls.count, "control")): \(parts.joined(separator: ", "))"
  }
}

extension ControlStanding {
  /// What is missing of it, in one line; nil when nothing is.
  var gap: String? {
    if recommendations.isEmpty { return control.manual.map { "look in \($0)" } }
    if isFullyCovered { return nil }
    let parts = uncoveredParts
    let missing =
      parts.isEmpty
      ? "a part of it is decided by nothing" : "not decided: \(parts.joined(separator: ", "))"
    return missing + (control.manual.map { "; look in \($0)" } ?? "")
  }

  func results(of mapping: Mapping) -> [RecommendationResult] {
    results.filter { $0.name == mapping.recommendation }
  }
}

extension ControlStanding.Mapping {
  /// `okta-password-complexity (part: digits)`.
  var text: String { recommendation + (part.map { " (part: \($0))" } ?? "") }
}
