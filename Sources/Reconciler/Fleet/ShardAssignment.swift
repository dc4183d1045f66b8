/// Shares groups out: the longest first, each to the shard that has the least so far.
///
/// Of equals the first by name is first, and the shard of the lowest number takes it: the same groups are always shared
/// out alike. Graham ([Bounds on Multiprocessing Timing Anomalies](https://doi.org/10.1137/0117039), 1969) shows how far
/// from the best this can be; with costs of powers of two, and several groups a shard, it is close.
package enum ShardAssignment {
  /// - Returns: As many shards as asked for, the most expensive first, since engines begin with the lowest number; some
  ///   are empty where there are fewer groups.
  package static func assign(_ groups: [QuotaGroup], to count: Int) -> [[QuotaGroup]] {
    let sorted = groups.map { (group: $0, cost: $0.cost) }
      .sorted { ($1.cost, $0.group.name) < ($0.cost, $1.group.name) }
    var shards = [[QuotaGroup]](repeating: [], count: count)
    var loads = [Int](repeating: 0, count: count)
    for (group, cost) in sorted {
      guard let place = loads.indices.min(by: { (loads[$0], $0) < (loads[$1], $1) }) else { break }
      shards[place].append(group)
      loads[place] += cost
    }
    return shards.indices.sorted { (loads[$1], $0) < (loads[$0], $1) }.map { shards[$0] }
  }
}
