internal import JSON
internal import Posture

/// Texts of notices: one line, nothing hidden, bounded.
enum NoticeText {
  /// Settings that a notice tells.
  static let mostSettings = 5

  static func line(_ text: String, _ limit: Int) -> String { Escaping.terminal(text, to: limit) }

  /// Lines that say how to fix it; what is beyond is on the page.
  static func lines(_ text: String) -> [String] {
    let lines = Escaping.terminalLines(text).map {
      String($0.trimmingPrefix(while: \.isWhitespace))
    }
    .filter { !$0.isEmpty }
    let kept = lines.prefix(6).map { line($0, 200) }
    return lines.count > kept.count ? kept + ["…"] : kept
  }

  /// The first few, and how many more.
  static func listed(_ texts: [String]) -> String {
    let first = texts.prefix(5).map { line($0, 120) }.joined(separator: "; ")
    return texts.count > 5 ? "\(first); and \(texts.count - 5) more" : first
  }

  /// What decides a result: of the instance as a whole, then of the first affected resources.
  static func settings(of result: RecommendationResult) -> [Notice.Setting] {
    func setting(_ fact: Fact, of resource: AffectedResource?) -> Notice.Setting {
      Notice.Setting(
        resource: resource.map { line(Words.resource(label: $0.label, id: $0.id), 80) },
        name: line(fact.name, 60), found: line(Words.of(fact.value), 100),
        expected: fact.expected.map { line(Words.of($0), 100) })
    }
    let whole = result.verdict.facts.filter { $0.expected != nil }.map { setting($0, of: nil) }
    let single = result.decision.affected.prefix(mostSettings).flatMap { resource in
      result.verdict.decidingFacts(of: resource).prefix(2).map { setting($0, of: resource) }
    }
    return Array((whole + single).prefix(mostSettings))
  }
}
