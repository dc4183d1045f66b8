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
    // A fleet has many: the results that are told of are numbered, and what is compared is made once.
    var numbers: [ResultKey: Int] = [:]
    let told = map { change -> Int? in
      guard let instance = change.instance, let recommendation = change.recommendation else {
        return nil
      }
      let key = ResultKey(instance: instance, recommendation: recommendation)
      if let number = numbers[key] { return number }
      numbers[key] = numbers.count
      return numbers.count - 1
    }
    var precedences: [(number: Int, precedence: RecommendationResult.Precedence)] = []
    for result in instances.lazy.flatMap(\.results) {
      let key = ResultKey(instance: result.instance, recommendation: result.name)
      if let number = numbers[key] {
        precedences.append((number, RecommendationResult.Precedence(result)))
      }
    }
    precedences.sort { $0.precedence < $1.precedence }
    var ranks = [Int](repeating: .max, count: numbers.count)
    for (rank, item) in precedences.enumerated() { ranks[item.number] = rank }
    let kinds = Dictionary(
      firstOf: Change.Kind.allCases.enumerated().map { ($0.element, $0.offset) })
    let keys = zip(self, told).map { change, number in
      (kind: kinds[change.type] ?? 0, rank: number.map { ranks[$0] } ?? Int.max)
    }
    return indices.sorted { first, second in
      let (left, right) = (keys[first], keys[second])
      if left.kind != right.kind { return left.kind < right.kind }
      if left.rank != right.rank { return left.rank < right.rank }
      return Change.comesFirst(self[first], self[second])
    }.map { self[$0] }
  }
}
