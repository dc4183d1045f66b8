/// How urgent a result is: the order of every view that lists results.
///
/// Danger comes before gain: new failures first, then what got worse, then what stays. Within each
/// comes the order of work, in which impact goes before points.
package enum Urgency: Int, Sendable, CaseIterable, Comparable {
  /// Not compliant now, and something else or not there before; nothing is decided about it.
  case newFailure
  /// More resources are affected than before, a decision no longer holds, or the result is unknown
  /// now.
  case worse
  /// Not compliant as before, and nothing is decided about it.
  case open
  /// Not compliant, and decided.
  case decided
  /// Unknown, as before.
  case unknown
  case met
  case notApplicable

  package static func < (left: Urgency, right: Urgency) -> Bool { left.rawValue < right.rawValue }

  /// - Parameter changes: The changes of the result.
  package init(_ result: RecommendationResult, changes: some Sequence<Change>) {
    switch result.decision.compliance {
    case .notApplicable: self = .notApplicable
    case .compliant: self = .met
    case .unknown:
      self = changes.contains { $0.type == .complianceChanged } ? .worse : .unknown
    case .notCompliant:
      guard result.status == .toAddress else {
        self = .decided
        return
      }
      var urgency = Urgency.open
      for change in changes {
        switch change.type {
        case .regressed, .new: urgency = min(urgency, .newFailure)
        case .affectedAdded, .statusChanged: urgency = min(urgency, .worse)
        default: break
        }
      }
      self = urgency
    }
  }
}

/// The urgency of every result of a plan, and the one order in which views list them.
package struct UrgencyIndex: Sendable {
  private let changes: [String: [String: [Change]]]

  /// Sorts the comparison's changes by instance and recommendation.
  package init(_ comparison: Comparison) {
    var changes: [String: [String: [Change]]] = [:]
    for change in comparison.changes {
      guard let instance = change.instance, let recommendation = change.recommendation else {
        continue
      }
      changes[instance, default: [:]][recommendation, default: []].append(change)
    }
    self.changes = changes
  }

  /// The changes of a result.
  package func changes(of result: RecommendationResult) -> [Change] {
    changes[result.instance]?[result.name] ?? []
  }

  /// How urgent the result is, given its changes.
  package func urgency(of result: RecommendationResult) -> Urgency {
    Urgency(result, changes: changes(of: result))
  }

  /// The results in the order of views, each with its urgency.
  ///
  /// - Parameter impact: What completing a result gains; by default, in the initiative that gains
  ///   most.
  package func sorted(
    _ results: some Sequence<RecommendationResult>,
    by impact: (RecommendationResult) -> Fraction = { $0.greatestImpact?.impact ?? .zero }
  ) -> [(result: RecommendationResult, urgency: Urgency)] {
    let results = Array(results)
    let keys = results.map { result in
      (
        urgency: urgency(of: result),
        precedence: RecommendationResult.Precedence(result, by: impact(result))
      )
    }
    return results.indices.sorted { first, second in
      let (left, right) = (keys[first], keys[second])
      return left.urgency != right.urgency
        ? left.urgency < right.urgency : left.precedence < right.precedence
    }.map { (results[$0], keys[$0].urgency) }
  }
}
