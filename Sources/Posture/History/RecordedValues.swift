internal import JSON
private import Synchronization

/// Texts and scores that stand in many reports, each made and kept once: of a thousand instances, a report seldom
/// changes more than a few.
package final class RecordedValues: Sendable {
  private struct ScoreKey: Hashable {
    let number: Double
    let exact: ExactText
  }

  private struct Known {
    var texts: Set<ExactText> = []
    var scores: [ScoreKey: PrintedScore] = [:]
  }

  private let known = Mutex(Known())

  /// Knows nothing yet.
  package init() {}

  /// The text, in memory once.
  func text(_ text: String) -> String {
    // Up to 15 bytes lie in the value itself.
    guard text.utf8.count > 15 else { return text }
    return known.withLock { $0.texts.insert(ExactText(text)).memberAfterInsert.text }
  }

  /// What was recorded of a score; nil for what is no score.
  func score(_ number: Double, exact text: String?) -> PrintedScore? {
    guard let text else { return PrintedScore(number) }
    let key = ScoreKey(number: number, exact: ExactText(text))
    if let score = known.withLock({ $0.scores[key] }) { return score }
    guard let score = PrintedScore(number, exact: Fraction(text)) else { return nil }
    known.withLock { $0.scores[key] = score }
    return score
  }
}
