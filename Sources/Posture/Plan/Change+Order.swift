internal import Text

/// One recommendation on one instance, by name.
private struct ResultKey: Hashable {
  let instance: String
  let recommendation: String
}

extension [Change] {
  /// The changes in the order of listing: by kind, within it the greatest danger first, then by
  /// subject.
  package func ordered(in instances: [InstancePlan]) -> [Change] {
    func key(_ change: Change) -> ResultKey? {
      guard let instance = change.instance, let recommendation = change.recommendation else {
        return nil
      }
      return ResultKey(instance: instance, recommendation: recommendation)
    }
    let told = Set(compactMap(key))
    let results = instances.flatMap { instance in
      instance.results.filter {
        told.contains(ResultKey(instance: instance.name, recommendation: $0.name))
      }
    }.sorted(by: RecommendationResult.comesFirst)
    let ranks = Dictionary(
      firstOf: results.enumerated().map { index, result in
        (ResultKey(instance: result.instance, recommendation: result.name), index)
      })
    return map { (change: $0, rank: key($0).flatMap { ranks[$0] } ?? Int.max) }
      .sorted { left, right in
        if left.change.type == right.change.type, left.rank != right.rank {
          return left.rank < right.rank
        }
        return Change.comesFirst(left.change, right.change)
      }.map(\.change)
  }
}
