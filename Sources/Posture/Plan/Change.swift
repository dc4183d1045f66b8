package import JSON

/// One difference between what was recorded and what is.
package struct Change: Sendable, Hashable {
  package let type: Kind
  package var instance: String?
  package var recommendation: String?
  package var initiative: String?
  package var metric: String?
  package var exception: String?
  /// The label of a resource.
  package var resource: String?
  /// What identifies the resource, when that is not its label.
  package var resourceID: String?
  package var setting: String?
  package var from: JSONValue?
  package var to: JSONValue?
  package var cause: Cause
  /// One sentence for people.
  package var reason: String
  /// What is declared otherwise where it is neither of the above: `connector acme`.
  package var document: String?
  /// Of a declared difference, what it does to how closely the company looks.
  package var effect: Effect?
  /// Of what weakens, what it takes out of sight.
  package var hides: String?
  /// Of a declared difference, the digest of both values as they are written.
  package var contentDigest: String?

  package init(
    _ type: Kind, instance: String? = nil, recommendation: String? = nil,
    initiative: String? = nil, metric: String? = nil, exception: String? = nil,
    resource: String? = nil, resourceID: String? = nil, setting: String? = nil,
    from: JSONValue? = nil, to: JSONValue? = nil, cause: Cause, reason: String
  ) {
    self.type = type
    self.instance = instance
    self.recommendation = recommendation
    self.initiative = initiative
    self.metric = metric
    self.exception = exception
    self.resource = resource
    self.resourceID = resourceID
    self.setting = setting
    self.from = from
    self.to = to
    self.cause = cause
    self.reason = reason
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

/// An initiative's or a metric's score fell by the threshold or more.
package struct Event: Sendable, Hashable {
  package let initiative: String
  package let metric: String?
  package let from: Fraction
  package let to: Fraction

  package init(initiative: String, metric: String?, from: Fraction, to: Fraction) {
    self.initiative = initiative
    self.metric = metric
    self.from = from
    self.to = to
  }
}

/// A condition that CI is stopped by.
package struct Gate: Sendable, Hashable {
  package let name: String
  package let outcome: Outcome
  package let reason: String
  /// How to get past it; nil when it is passed.
  package let remedy: String?
  /// Whether it ends the run with exit code 3: it failed, or could not be judged where it must be.
  package let stops: Bool

  /// - Parameter stops: By default, whether it failed.
  package init(
    name: String, outcome: Outcome, reason: String, remedy: String? = nil, stops: Bool? = nil
  ) {
    self.name = name
    self.outcome = outcome
    self.reason = reason
    self.remedy = remedy
    self.stops = stops ?? (outcome == .failed)
  }

  package enum Outcome: String, Sendable, CaseIterable {
    case passed, warned, failed
    /// There is nothing that it could be judged by.
    case notJudged
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
