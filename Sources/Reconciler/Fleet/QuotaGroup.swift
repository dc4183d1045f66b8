internal import Connectors
package import Posture
internal import YAML

/// Instances whose requests the vendor counts together, or one whose are its own: what a fleet keeps in one place, so
/// that nobody needs to agree with another machine on who asks next.
package struct QuotaGroup: Sendable, Hashable {
  /// The name that its instances share; of a single one the instance's own.
  package let name: String
  /// The instances with their costs, the most expensive first.
  package let members: [Member]

  /// An instance, and what observing it costs.
  package struct Member: Sendable, Hashable {
    /// The instance's name.
    package let name: String
    /// Its requests, rounded to a power of two.
    package let cost: Int

    package init(name: String, cost: Int) {
      self.name = name
      self.cost = cost
    }
  }

  /// The sum of its members' costs.
  package var cost: Int { members.reduce(0) { $0 + $1.cost } }

  package init(name: String, members: [Member]) {
    self.name = name
    self.members = members.sorted { ($1.cost, $0.name) < ($0.cost, $1.name) }
  }

  /// The groups of the instances that are assessed, in order of their names.
  ///
  /// An instance that names its group is in that one. Of an app whose vendor counts by tenant each of the others is by
  /// itself. Where the vendor counts by credential or project, nobody can tell without the credentials which instances
  /// share one: they are one group, named as the app.
  package static func all(in state: DesiredState, costs: [String: Int]) -> [QuotaGroup] {
    var groups: [Key: [Member]] = [:]
    for instance in state.instances where instance.recommendations {
      groups[key(of: instance, in: state), default: []].append(
        Member(name: instance.name, cost: costs[instance.name] ?? 1))
    }
    return groups.sorted { $0.key < $1.key }
      .map { QuotaGroup(name: $0.key.name, members: $0.value) }
  }

  /// The name of the group that the instance shares with others; nil where it is by itself.
  package static func sharedName(of instance: Instance, in state: DesiredState) -> String? {
    if let name = instance.quotaGroup { return name }
    // Only what is read over an API uses a quota.
    guard instance.api != nil else { return nil }
    let app = instance.app.value
    return state.connectors[app]?.quotaScope ?? .tenant == .tenant ? nil : app
  }

  private static func key(of instance: Instance, in state: DesiredState) -> Key {
    sharedName(of: instance, in: state).map { Key(name: $0, isShared: true) }
      ?? Key(name: instance.name, isShared: false)
  }

  /// A group may be called as an instance is.
  private struct Key: Hashable, Comparable {
    let name: String
    let isShared: Bool

    static func < (left: Key, right: Key) -> Bool {
      left.name == right.name ? !left.isShared && right.isShared : left.name < right.name
    }
  }

  /// The group as so many, whose costs differ as little as can be; an instance stays whole.
  package func divided(into count: Int) -> [QuotaGroup] {
    ShardAssignment.assign(
      members.map { QuotaGroup(name: $0.name, members: [$0]) }, to: count
    ).filter { !$0.isEmpty }.map { QuotaGroup(name: name, members: $0.flatMap(\.members)) }
  }
}
