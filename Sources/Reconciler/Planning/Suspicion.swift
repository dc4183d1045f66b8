internal import Posture
internal import Text

/// The guard against false alarms.
///
/// As octoDNS refuses a plan that would touch more than 30 % of ten or more records.
extension Suspicion {
  static let leastRecommendations = 10
  static let mostFlippedPercent = 30
  static let leastCollections = 3

  /// Why the observation is not believed; nil when it is.
  static func of(
    _ fresh: [Snapshot.Result], collections: [CollectionSummary], recorded: Snapshot.Instance?
  ) -> Suspicion? {
    guard let recorded, recorded.recommendations else { return nil }
    let comparable = fresh.compactMap { result in
      recorded.results[result.name].flatMap { old in
        // What is taken from another source, or from none any more, is no change of the tenant's.
        old.digest == result.digest && !result.isMoved(since: old)
          && result.verdict.reason?.code != .sourceUnseen
          ? (old.decision.compliance, result.decision.compliance) : nil
      }
    }
    let worse = comparable.count { rank($0.1) < rank($0.0) }
    if comparable.count >= leastRecommendations,
      worse * 100 > comparable.count * mostFlippedPercent
    {
      return .worse(worse, of: comparable.count)
    }
    let now = collections.keyed(by: \.name)
    let filled = recorded.collections.filter {
      $0.count > 0 && ($0.source == nil || now[$0.name]?.source == $0.source)
    }
    let emptied = filled.count { (now[$0.name]?.count ?? 0) == 0 }
    if filled.count >= leastCollections, emptied * 2 > filled.count {
      return .emptied(emptied, of: filled.count)
    }
    return nil
  }

  private static func rank(_ compliance: Compliance) -> Int {
    switch compliance {
    case .compliant, .notApplicable: 2
    case .notCompliant: 1
    case .unknown: 0
    }
  }
}
