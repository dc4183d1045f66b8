internal import Posture

/// How many changes there are of each kind: the headline says them in words, JSON in numbers.
struct ChangeSums: Sendable {
  /// Results that were compliant.
  var regressed = 0
  /// Results that had no verdict before.
  var new = 0
  /// Those of them that are not compliant.
  var newNotCompliant = 0
  var resolved = 0
  /// Results that changed in another way: their status, their evidence, what is affected.
  let otherwiseChanged: Int
  /// Observed settings with another value.
  var settings = 0
  /// Resources that came or went.
  let resources: Int
  /// What the desired state declares otherwise.
  let control: Int
  /// Changes of what can be observed.
  let gaps: Int

  init(_ changes: [Change], _ groups: ChangeGroups) {
    for change in changes {
      switch change.type {
      case .regressed: regressed += 1
      case .new:
        new += 1
        if change.verdict == .notCompliant { newNotCompliant += 1 }
      case .resolved: resolved += 1
      case .drift: settings += 1
      default: break
      }
    }
    let entries = Set(groups.results.map { Entry($0) })
    otherwiseChanged = max(0, entries.count - regressed - new - resolved)
    resources = groups.drift.count - settings
    control = groups.control.count + groups.exceptions.count + groups.weakened.count
    gaps = groups.gaps.count
  }

  /// A recommendation on an instance.
  private struct Entry: Hashable {
    let instance: String?
    let recommendation: String?

    init(_ change: Change) {
      instance = change.instance
      recommendation = change.recommendation
    }
  }
}
