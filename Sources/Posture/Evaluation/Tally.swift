/// How the resources in scope of one recommendation on one instance come out.
package struct Counts: Sendable, Hashable {
  /// Those whose condition holds.
  package var compliant: Int
  /// Those whose condition does not hold.
  package var notCompliant: Int
  /// Those that can't be judged: an expression fails, or a field holds no value of its type.
  package var error: Int
  /// The first of those, in the order of reading.
  package var unjudged: Unjudged?
  /// Its place in the collection, from 1; 0 where there is none.
  package var place: Int

  package init(
    compliant: Int = 0, notCompliant: Int = 0, error: Int = 0, unjudged: Unjudged? = nil,
    place: Int = 0
  ) {
    self.compliant = compliant
    self.notCompliant = notCompliant
    self.error = error
    self.unjudged = unjudged
    self.place = place
  }

  /// All resources in scope.
  package var total: Int { compliant + notCompliant + error }

  /// The compliance of all together: one that is not compliant decides, then one that can't be
  /// judged; none at all is `notApplicable`.
  package var compliance: Compliance {
    if notCompliant > 0 { return .notCompliant }
    if error > 0 { return .unknown }
    return compliant > 0 ? .compliant : .notApplicable
  }

  /// What of them is not known.
  var reason: Reason? { unjudged.map { .unjudged(count: error, first: $0) } }

  mutating func add(_ other: Counts) {
    compliant += other.compliant
    notCompliant += other.notCompliant
    error += other.error
    if let first = other.unjudged, unjudged == nil || other.place < place {
      unjudged = first
      place = other.place
    }
  }
}

/// The resources in scope, counted by the exceptions whose `resources` match them.
///
/// Which of the exceptions hold, and what follows, is no part of it: ``Decision`` leaves cells out.
package struct Tally: Sendable, Hashable {
  /// By the names of the exceptions, with the resources that none matches under the empty set. Only sets that occur;
  /// empty where no exception matches a resource, since nothing is to be told apart then.
  package var cells: [Set<String>: Counts]

  package init(_ cells: [Set<String>: Counts] = [:]) { self.cells = cells }

  /// The resources of the cells for which `isMeant` holds.
  package func counts(where isMeant: (Set<String>) -> Bool = { _ in true }) -> Counts {
    var sum = Counts()
    for (names, counts) in cells where isMeant(names) { sum.add(counts) }
    return sum
  }

  /// How many resources an exception matches.
  package func matches(of exception: String) -> Int {
    counts { $0.contains(exception) }.total
  }
}
