internal import Posture

/// What becomes of a pull request, in one line: gates, scores, what is weakened and what that hides.
struct ReviewLine {
  private let plan: Plan

  init(_ plan: Plan) { self.plan = plan }

  /// `stopped by lessAssessed · Identity Security 60.5 → 61.7 · weakened: …`
  var text: String {
    ([gates] + scores + [weakened].compactMap(\.self)).joined(separator: " · ")
  }

  private var gates: String {
    func names(_ gates: [Gate]) -> String { gates.map(\.name).joined(separator: ", ") }
    let warned = plan.gates.filter { !$0.stops && $0.outcome == .warned }
    let warnings = warned.isEmpty ? "" : " (warned: \(names(warned)))"
    let stopping = plan.gates.filter(\.stops)
    if !stopping.isEmpty { return "stopped by \(names(stopping))\(warnings)" }
    return
      (plan.gates.contains { $0.outcome == .passed } ? "passes every gate" : "no gate stops it")
      + warnings
  }

  /// The scores that moved, the greatest fall first; that none did is said as well.
  private var scores: [String] {
    let moved = plan.initiatives.filter(\.hasMoved)
      .sorted { ($0.movement ?? .zero) < ($1.movement ?? .zero) }
    let texts = moved.prefix(3).map { initiative in
      "\(initiative.score.definition.title) \(Words.movement(from: initiative.before, to: initiative.score.score))"
    }
    if !texts.isEmpty { return texts + (moved.count > 3 ? ["\(moved.count - 3) more scores"] : []) }
    return [plan.changes.isEmpty ? "no changes" : "no score moves"]
  }

  private var weakened: String? {
    guard let weakening = plan.weakening else { return nil }
    let worst = weakening.changes.prefix(3).map { change in
      Phrases.subject(of: change) + (change.hides.map { " (\(Phrases.text(of: $0)))" } ?? "")
    }
    let rest = weakening.changes.count > 3 ? " and \(weakening.changes.count - 3) more" : ""
    let accepted = weakening.isAccepted ? "weakened, and let through" : "weakened"
    return "\(accepted): \(worst.joined(separator: "; "))\(rest)"
  }
}
