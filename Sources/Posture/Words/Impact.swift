/// How much a recommendation matters; its points when none are given.
package enum Impact: String, Sendable, CaseIterable, Comparable {
  case high, medium, low

  /// The points of Plumb's scores: 10, 5 and 2.
  package var points: Int {
    switch self {
    case .high: 10
    case .medium: 5
    case .low: 2
    }
  }

  /// The one that points stand for: 10 or more are high, 5 or more medium.
  package init(points: Int) { self = points >= 10 ? .high : points >= 5 ? .medium : .low }

  /// `low < medium < high`.
  package static func < (left: Impact, right: Impact) -> Bool { left.points < right.points }
}

/// The effort that a recommendation asks of those who carry it out, or of the users it touches.
package enum Effort: String, Sendable, CaseIterable, Comparable {
  case low, medium, high

  /// `low < medium < high`.
  package static func < (left: Effort, right: Effort) -> Bool {
    allCases.firstIndex(of: left) ?? 0 < allCases.firstIndex(of: right) ?? 0
  }
}

/// What a recommendation is about, in Microsoft's grouping.
package enum Category: String, Sendable, CaseIterable {
  case identity, data, apps, devices, infrastructure
}

/// A threat that a recommendation counters.
package enum Threat: String, Sendable, CaseIterable {
  case accountBreach, dataDeletion, dataExfiltration, dataSpillage, elevationOfPrivilege
  case financialFraud, maliciousInsider, malware, passwordCracking, phishing, ransomware, spoofing
}

/// How much a metric counts in its initiative.
package enum Weight: String, Sendable, CaseIterable {
  case high, medium, low
  /// The organisation accepts the metric's risk: the metric is left out of the score.
  case riskAccepted

  /// 3, 2, 1, and nothing for a metric that is left out.
  package var factor: Int {
    switch self {
    case .high: 3
    case .medium: 2
    case .low: 1
    case .riskAccepted: 0
    }
  }
}
