internal import Posture

/// What becomes of the record although nothing changed, in words.
enum RenewalWords {
  /// Why apply writes a commit or none.
  static func state(of plan: Plan) -> String {
    let renewal = plan.renewal
    if let first = renewal.due.first {
      let others = renewal.due.count - 1
      let names = first.instance + (others > 0 ? " and \(Words.count(others, "other"))" : "")
      return
        "The record of \(names) is as old as half of maxAge (observed at \(first.recordedAt)): apply renews it."
    }
    if renewal.isReworded {
      return "Definitions or names are recorded otherwise, no verdict is: apply renews them."
    }
    if plan.recordedRevision == nil && plan.wouldCommit { return "Nothing is recorded yet." }
    if let next = renewal.next {
      return
        "The recorded state matches what was observed since; the record of \(next.instance) is renewed from \(next.from)."
    }
    return renewal.observations.isEmpty
      ? "The recorded state matches." : "The recorded state matches what was observed since."
  }
}
