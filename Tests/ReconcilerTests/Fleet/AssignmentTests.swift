import Reconciler
import TestSupport
import Testing

/// Groups shared out over shards.
@Suite("A fleet's assignment") struct AssignmentTests {
  /// Costs of the last night as they come: many small tenants, a few large ones, now and then a group.
  private static func groups(_ random: inout Random, shards: Int) -> [QuotaGroup] {
    (0..<(shards * Int.random(in: 8...24, using: &random))).map { number in
      let size =
        Int.random(in: 0..<20, using: &random) == 0 ? Int.random(in: 2...6, using: &random) : 1
      return QuotaGroup(
        name: "g\(number)",
        members: (0..<size).map { member in
          // Something like a log-normal distribution.
          let power = (0..<4).reduce(0) { sum, _ in sum + Int.random(in: 0...2, using: &random) }
          let requests = 3 << power + Int.random(in: 0..<8, using: &random)
          return .init(name: "g\(number)-\(member)", cost: FleetCost.rounded(requests))
        })
    }
  }

  @Test("500 random fleets: each instance in one shard, groups whole, no shard far above its share")
  func properties() {
    for seed in 0..<500 {
      var random = Random(seed: UInt64(seed))
      let shards = Int.random(in: 1...64, using: &random)
      let groups = Self.groups(&random, shards: shards)
      let assigned = ShardAssignment.assign(groups, to: shards)
      #expect(assigned.count == shards)
      let placed = assigned.flatMap { $0.flatMap(\.members).map(\.name) }
      #expect(
        placed.sorted() == groups.flatMap(\.members).map(\.name).sorted(), "seed \(seed)")
      #expect(assigned.flatMap(\.self).count == groups.count, "seed \(seed): a group is whole")
      let loads = assigned.map { $0.reduce(0) { $0 + $1.cost } }
      #expect(loads == loads.sorted(by: >), "seed \(seed): the longest first")
      let mean = Double(loads.reduce(0, +)) / Double(shards)
      let ideal = max(mean, Double(groups.map(\.cost).max() ?? 0))
      #expect(Double(loads[0]) <= 1.15 * ideal, "seed \(seed): \(loads[0]) of \(ideal)")
      #expect(
        ShardAssignment.assign(groups.shuffled(using: &random), to: shards) == assigned,
        "seed \(seed): whatever the order")
    }
  }

  @Test("more shards than groups leave the last ones empty")
  func empty() {
    let assigned = ShardAssignment.assign(
      [QuotaGroup(name: "a", members: [.init(name: "a", cost: 4)])], to: 3)
    #expect(assigned.map(\.count) == [1, 0, 0])
  }

  @Test("a group that is divided comes as several, with each instance in one of them")
  func divided() {
    let group = QuotaGroup(
      name: "g", members: [8, 4, 2, 2].enumerated().map { .init(name: "i\($0)", cost: $1) })
    let parts = group.divided(into: 2)
    #expect(parts.map(\.name) == ["g", "g"])
    #expect(parts.map { $0.members.map(\.name) } == [["i0"], ["i1", "i2", "i3"]])
    #expect(group.divided(into: 9).count == 4)
  }

  @Test(
    "costs are rounded to the nearer power of two",
    arguments: [
      (0, 1), (1, 1), (2, 2), (3, 4), (5, 4), (6, 8), (11, 8), (12, 16), (90, 64), (91, 128),
    ])
  func rounded(requests: Int, cost: Int) {
    #expect(FleetCost.rounded(requests) == cost)
  }

  @Test("a cost that nobody knows is the median of its app, else of all, else 1")
  func unknown() {
    let instances = [("a1", "a"), ("a2", "a"), ("a3", "a"), ("a4", "a"), ("b1", "b")]
      .map { (name: $0.0, app: $0.1) }
    let costs = FleetCost.all(of: instances, recorded: ["a1": 2, "a2": 8, "a3": 64])
    #expect(costs == ["a1": 2, "a2": 8, "a3": 64, "a4": 8, "b1": 8])
    #expect(FleetCost.all(of: instances, recorded: [:]).values.allSatisfy { $0 == 1 })
  }
}
