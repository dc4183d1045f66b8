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
    }
    // A fleet has many: keys are made once, and places are sorted.
    let precedences = results.map { RecommendationResult.Precedence($0) }
    let places = results.indices.sorted { precedences[$0] < precedences[$1] }
    let ranks = Dictionary(
      firstOf: places.enumerated().map { rank, place in
        let result = results[place]
        return (ResultKey(instance: result.instance, recommendation: result.name), rank)
      })
    let kinds = Dictionary(
      firstOf: Change.Kind.allCases.enumerated().map { ($0.element, $0.offset) })
    let keys = map { change in
      (kind: kinds[change.type] ?? 0, rank: key(change).flatMap { ranks[$0] } ?? Int.max)
    }
    return indices.sorted { first, second in
      let (left, right) = (keys[first], keys[second])
      if left.kind != right.kind { return left.kind < right.kind }
      if left.rank != right.rank { return left.rank < right.rank }
      return Change.comesFirst(self[first], self[second])
    }.map { self[$0] }
  }
}
