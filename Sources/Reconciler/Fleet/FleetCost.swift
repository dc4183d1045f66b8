internal import Text

/// What observing instances costs, as far as sharing them out depends on it.
package enum FleetCost {
  /// Requests rounded to a power of two, the nearer one by ratio: what differs little from night to night costs the same.
  package static func rounded(_ requests: Int) -> Int {
    guard requests > 1 else { return 1 }
    let power = 1 << (Int.bitWidth - 1 - requests.leadingZeroBitCount)
    // √2 ≈ 99/70.
    return requests >= power + power * 29 / 70 + 1 ? power * 2 : power
  }

  /// The cost of each instance: the last one recorded; where there is none the median of its app, else of all, else 1.
  ///
  /// - Parameters:
  ///   - instances: Names and apps.
  ///   - recorded: By instance, rounded.
  package static func all(
    of instances: [(name: String, app: String)], recorded: [String: Int]
  ) -> [String: Int] {
    var known: [String: [Int]] = [:]
    for (name, app) in instances {
      if let cost = recorded[name] { known[app, default: []].append(cost) }
    }
    let everywhere = median(known.values.flatMap(\.self)) ?? 1
    let usual = known.compactMapValues(median)
    return Dictionary(
      firstOf: instances.map { name, app in
        (name, recorded[name] ?? usual[app] ?? everywhere)
      })
  }

  /// The lower one of the two in the middle; nil of nothing.
  private static func median(_ costs: [Int]) -> Int? {
    costs.isEmpty ? nil : costs.sorted()[(costs.count - 1) / 2]
  }
}
