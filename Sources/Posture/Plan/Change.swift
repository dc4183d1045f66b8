/// One difference between what stood and what stands, or between what two desired states declare.
///
/// A change holds values: its subject, what differs in it, and why. Reports write its sentence.
package struct Change: Sendable, Hashable {
  /// Its subject.
  package let subject: Subject
  /// What differs, with both values.
  package let what: What
  /// Why it differs.
  package var cause: Cause
  /// What a difference of declarations, or of data in the repository, does to how closely the
  /// company looks; nil for all other changes.
  package var effect: Bearing?
  /// The field of the subject that is declared otherwise; nil for the subject as a whole, and for
  /// all other changes.
  package var field: String?
  /// What a weakening difference takes out of sight; nil for all other changes.
  package var hides: Hidden?
  /// The digest of both values of a declared difference as they are written, or of both
  /// observations where data differ; nil for all other changes.
  package var contentDigest: String?

  package init(_ what: What, of subject: Subject, cause: Cause) {
    self.subject = subject
    self.what = what
    self.cause = cause
  }

  /// Why something differs.
  package enum Cause: String, Sendable, CaseIterable {
    /// The tenant changed.
    case drift
    /// The repository's declaration changed.
    case desiredState
    /// The catalog changed, with another version of Plumb.
    case catalog
    /// What can be seen of the tenant changed: an outage, a lost permission, a stale observation.
    case observation
    /// Time passed: by a later clock the same tenant gets another verdict, or an exception ran out.
    case time

    /// The cause as every report words it.
    package var phrase: String {
      switch self {
      case .drift: "the tenant changed"
      case .desiredState: "the desired state changed"
      case .catalog: "the catalog changed"
      case .observation: "what can be observed changed"
      case .time: "time passed"
      }
    }
  }

  /// The kinds of change, in the order in which changes are listed.
  package enum Kind: String, Sendable, CaseIterable {
    case suspect
    case regressed, new, resolved, statusChanged, complianceChanged, removed
    case affectedAdded, affectedRemoved
    case drift, resourceAdded, resourceRemoved
    case instanceAdded, instanceRemoved, recommendationsOn, recommendationsOff, instanceChanged
    /// An account or group that is kept for emergencies is declared, declared otherwise, or no longer.
    case breakGlassAdded, breakGlassChanged, breakGlassRemoved
    case initiativeTracked, initiativeUntracked, targetChanged, weightChanged, initiativeChanged
    /// Between two desired states: an override, or a recommendation of one's own, differs.
    case recommendationChanged
    /// Between two desired states: the Settings document says something else.
    case settingsChanged
    /// Between two desired states: any other document says something else.
    case declarationChanged
    /// Between two desired states: the data that lies in the repository, recorded or exported,
    /// differs.
    case dataChanged
    case exceptionAdded, exceptionChanged, exceptionRemoved
    case exceptionExpired, exceptionExpiringSoon, exceptionUnused
    /// One of Microsoft's own recommendations changed, is new, or is gone.
    case importedChanged, importedAdded, importedRemoved
    case scoreChanged
    case observationStale, observationRestored, collectionIncomplete, collectionRestored
    /// Collections come from another source of their instance than before.
    case sourceChanged
  }

  /// The order of listing: by kind, then by subject.
  package static func comesFirst(_ left: Change, _ right: Change) -> Bool {
    left.sortKey.lexicographicallyPrecedes(right.sortKey)
  }

  /// What changes are listed by, part by part.
  var sortKey: [String] {
    let rank = Kind.allCases.firstIndex(of: type) ?? 0
    return [
      String(Character(UnicodeScalar(UInt8(32 + rank)))), instance ?? "", initiative ?? "",
      metric ?? "", recommendation ?? "", exception ?? "", resource ?? "", resourceID ?? "",
      setting ?? "", document ?? "",
    ]
  }
}

extension Change.Kind {
  /// Whether such a change is in a tenant's settings or resources, not in a verdict on them.
  package var isDrift: Bool {
    switch self {
    case .drift, .resourceAdded, .resourceRemoved: true
    default: false
    }
  }

  /// Whether such a change is in what the repository declares. Between two desired states, such
  /// changes are told by field.
  package var isDeclaration: Bool {
    switch self {
    case .instanceAdded, .instanceRemoved, .recommendationsOn, .recommendationsOff,
      .instanceChanged, .breakGlassAdded, .breakGlassChanged, .breakGlassRemoved,
      .initiativeTracked, .initiativeUntracked, .targetChanged, .weightChanged, .initiativeChanged,
      .recommendationChanged, .settingsChanged, .declarationChanged, .dataChanged,
      .exceptionAdded, .exceptionChanged, .exceptionRemoved:
      true
    default: false
    }
  }
}
