internal import Posture

/// A plan's changes by the section of a report they belong to.
struct ChangeGroups {
  /// What happened to recommendations on instances.
  var results: [Change] = []
  /// Settings and resources of tenants.
  var drift: [Change] = []
  /// What the repository declares of instances and initiatives.
  var control: [Change] = []
  /// Of what the repository declares of anything, what weakens.
  var weakened: [Change] = []
  var exceptions: [Change] = []
  var scores: [Change] = []
  /// Vendors' own recommendations.
  var imported: [Change] = []
  /// What can and cannot be observed.
  var gaps: [Change] = []

  init(_ changes: [Change]) {
    for change in changes {
      if change.effect == .weakens {
        weakened.append(change)
        continue
      }
      switch change.type {
      case .regressed, .new, .resolved, .statusChanged, .complianceChanged, .removed,
        .affectedAdded, .affectedRemoved:
        results.append(change)
      case .drift, .resourceAdded, .resourceRemoved: drift.append(change)
      case .instanceAdded, .instanceRemoved, .recommendationsOn, .recommendationsOff,
        .instanceChanged, .breakGlassAdded, .breakGlassChanged, .breakGlassRemoved,
        .initiativeTracked, .initiativeUntracked, .targetChanged,
        .weightChanged, .initiativeChanged, .recommendationChanged, .settingsChanged,
        .declarationChanged, .dataChanged:
        control.append(change)
      case .exceptionAdded, .exceptionChanged, .exceptionRemoved, .exceptionExpired,
        .exceptionExpiringSoon, .exceptionUnused:
        exceptions.append(change)
      case .scoreChanged: scores.append(change)
      case .importedChanged, .importedAdded, .importedRemoved: imported.append(change)
      case .suspect, .observationStale, .observationRestored, .collectionIncomplete,
        .collectionRestored, .sourceChanged:
        gaps.append(change)
      }
    }
  }
}

extension ChangeGroups {
  /// The changes of what is imported from one source.
  func imported(from source: ImportedSource) -> [Change] {
    imported.filter { $0.recommendation?.hasPrefix(source.prefix) ?? false }
  }
}

extension Sequence<Change> {
  /// Changes of one instance after the other, in the order of their first change.
  func byInstance() -> [(instance: String, changes: [Change])] {
    var order: [String] = []
    var groups: [String: [Change]] = [:]
    for change in self {
      let name = change.instance ?? ""
      if groups[name] == nil { order.append(name) }
      groups[name, default: []].append(change)
    }
    return order.map { ($0, groups[$0] ?? []) }
  }
}
