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
  var otherwiseChanged = 0
  /// Observed settings with another value.
  var settings = 0
  /// Resources that came or went.
  var resources = 0
  /// What the desired state declares otherwise.
  var control = 0
  /// Changes of what can be observed.
  var gaps = 0

  init(_ changes: [Change]) {
    var entries: Set<Entry> = []
    for change in changes {
      let type = change.type
      switch type {
      case .regressed: regressed += 1
      case .new:
        new += 1
        if change.verdict == .notCompliant { newNotCompliant += 1 }
      case .resolved: resolved += 1
      case .drift: settings += 1
      default: break
      }
      switch ChangeGroups.Group(of: change) {
      case .results: entries.insert(Entry(change))
      case .drift: resources += type == .drift ? 0 : 1
      case .control, .exceptions, .weakened: control += 1
      case .gaps: gaps += 1
      case .scores, .imported: break
      }
    }
    otherwiseChanged = max(0, entries.count - regressed - new - resolved)
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
