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
      switch Group(of: change) {
      case .results: results.append(change)
      case .drift: drift.append(change)
      case .control: control.append(change)
      case .weakened: weakened.append(change)
      case .exceptions: exceptions.append(change)
      case .scores: scores.append(change)
      case .imported: imported.append(change)
      case .gaps: gaps.append(change)
      }
    }
  }

  /// The section that a change belongs to, as the properties name it.
  enum Group {
    case results, drift, control, weakened, exceptions, scores, imported, gaps

    init(of change: Change) {
      if change.effect == .weakens {
        self = .weakened
        return
      }
      switch change.type {
      case .regressed, .new, .resolved, .statusChanged, .complianceChanged, .removed,
        .affectedAdded, .affectedRemoved:
        self = .results
      case .drift, .resourceAdded, .resourceRemoved: self = .drift
      case .instanceAdded, .instanceRemoved, .recommendationsOn, .recommendationsOff,
        .instanceChanged, .breakGlassAdded, .breakGlassChanged, .breakGlassRemoved,
        .initiativeTracked, .initiativeUntracked, .targetChanged,
        .weightChanged, .initiativeChanged, .recommendationChanged, .settingsChanged,
        .declarationChanged, .dataChanged:
        self = .control
      case .exceptionAdded, .exceptionChanged, .exceptionRemoved, .exceptionExpired,
        .exceptionExpiringSoon, .exceptionUnused:
        self = .exceptions
      case .scoreChanged: self = .scores
      case .importedChanged, .importedAdded, .importedRemoved: self = .imported
      case .suspect, .observationStale, .observationRestored, .collectionIncomplete,
        .collectionRestored, .sourceChanged:
        self = .gaps
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
