/// One difference between what stood and what stands, or between what two desired states declare.
///
/// A change is values: what it is about, what of it differs, and why. Its sentence is written where it is
/// told.
package struct Change: Sendable, Hashable {
  /// What it is about.
  package let subject: Subject
  /// What differs, with both values.
  package let what: What
  /// Why it differs.
  package var cause: Cause
  /// Of a declared difference, what it does to how closely the company looks; nil for all others.
  package var effect: Bearing?
  /// Of a declared difference, the field of the subject; nil for the subject as a whole.
  package var field: String?
  /// Of what weakens, what it takes out of sight.
  package var hides: Hidden?
  /// Of a declared difference, the digest of both values as they are written.
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
    /// The catalog changed: another Plumb.
    case catalog
    /// What can be seen of the tenant changed: an outage, a lost permission, a stale observation.
    case observation
    /// Time passed: the same tenant is judged otherwise by the clock, or an exception ran out.
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

  /// In the order in which changes are listed.
  package enum Kind: String, Sendable, CaseIterable {
    case suspect
    case regressed, new, resolved, statusChanged, complianceChanged, removed
    case affectedAdded, affectedRemoved
    case drift, resourceAdded, resourceRemoved
    case instanceAdded, instanceRemoved, recommendationsOn, recommendationsOff, instanceChanged
    /// An account or group that is kept for emergencies is declared, declared otherwise, or no longer.
    case breakGlassAdded, breakGlassChanged, breakGlassRemoved
    case initiativeTracked, initiativeUntracked, targetChanged, weightChanged, initiativeChanged
    /// Between two desired states: an override or a recommendation of one's own is another one.
    case recommendationChanged
    /// Between two desired states: the Settings document says something else.
    case settingsChanged
    /// Between two desired states: any other document says something else.
    case declarationChanged
    /// Between two desired states: what is recorded in, or exported into, the repository differs.
    case dataChanged
    case exceptionAdded, exceptionChanged, exceptionRemoved
    case exceptionExpired, exceptionExpiringSoon, exceptionUnused
    /// One of Microsoft's own recommendations stands otherwise, is new, or is gone.
    case importedChanged, importedAdded, importedRemoved
    case scoreChanged
    case observationStale, observationRestored, collectionIncomplete, collectionRestored
  }

  /// The order of listing: by kind, then by what it is about.
  package static func comesFirst(_ left: Change, _ right: Change) -> Bool {
    left.sortKey.lexicographicallyPrecedes(right.sortKey)
  }

  private var sortKey: [String] {
    let rank = Kind.allCases.firstIndex(of: type) ?? 0
    return [
      String(Character(UnicodeScalar(UInt8(32 + rank)))), instance ?? "", initiative ?? "",
      metric ?? "", recommendation ?? "", exception ?? "", resource ?? "", resourceID ?? "",
      setting ?? "", document ?? "",
    ]
  }
}

extension Change.Kind {
  /// Whether it tells of a tenant's settings or resources, not of a verdict on them.
  package var isDrift: Bool {
    switch self {
    case .drift, .resourceAdded, .resourceRemoved: true
    default: false
    }
  }

  /// Whether it tells what the repository says otherwise: between two desired states, these are told by
  /// field.
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
