internal import Connectors
internal import Git
package import Posture
internal import YAML

/// Makes a fleet of a desired state: reads, and writes nothing.
package struct FleetSplitter {
  let location: DeclaredState.Location
  let at: Instant
  let shards: Int
  /// Groups to split all the same, and into how many.
  let dividing: [String: Int]
  let version: String

  package init(
    _ location: DeclaredState.Location, at: Instant, shards: Int, dividing: [String: Int],
    version: String
  ) {
    self.location = location
    self.at = at
    self.shards = shards
    self.dividing = dividing
    self.version = version
  }

  /// What was split, and what there is to say of it.
  package struct Outcome: Sendable {
    /// The fleet.
    package let fleet: Fleet
    /// Quota groups of several instances, in order of name.
    package let groups: [QuotaGroup]
  }

  /// - Throws: ``FleetError``, ``ReconcileError`` or `GitError`.
  package func split() throws -> Outcome {
    if location.usesWorkingTree {
      throw FleetError(
        .configuration,
        "a fleet is split from a commit: commit first, then leave out --working-tree"
      )
    }
    guard (1...Fleet.mostShards).contains(shards) else {
      throw FleetError(.configuration, "--shards wants a number from 1 to \(Fleet.mostShards)")
    }
    let declared = try DeclaredState(location)
    if declared.diagnostics.hasErrors {
      throw ReconcileError.invalidDesiredState(declared.diagnostics.all)
    }
    guard let desired = declared.reference.revision else {
      throw FleetError(.configuration, "a fleet is split from a commit")
    }
    let repository = try Repository.open(path: location.repository)
    let (recorded, tip) = try RecordReader.read(
      repository, settings: declared.state.settings, side: location.recordSide)
    let groups = groups(of: declared.state, recorded: recorded)
    try check(groups, in: declared.state)
    let units = groups.flatMap { group in
      dividing[group.name].map { group.divided(into: $0) } ?? [group]
    }
    let assigned = ShardAssignment.assign(units, to: shards).map { groups in
      let members = groups.flatMap(\.members)
      return Fleet.Shard(
        instances: members.map(\.name), cost: members.reduce(0) { $0 + $1.cost })
    }
    return Outcome(
      fleet: Fleet(
        desired: desired, path: location.path, recorded: tip?.hex, catalog: DecodedCatalog.digest,
        version: version, at: at, shards: assigned, divided: dividing),
      groups: groups.filter { $0.members.count > 1 })
  }

  private func groups(of state: DesiredState, recorded: Snapshot) -> [QuotaGroup] {
    let instances = state.instances.filter(\.recommendations).map { ($0.name, $0.app.value) }
    var known: [String: Int] = [:]
    for instance in recorded.instances { known[instance.name] = instance.cost }
    return QuotaGroup.all(in: state, costs: FleetCost.all(of: instances, recorded: known))
  }

  /// Refuses to split a group that is none, or into more than may ask at once.
  private func check(_ groups: [QuotaGroup], in state: DesiredState) throws(FleetError) {
    for (name, count) in dividing.sorted(by: { $0.key < $1.key }) {
      let members = state.instances.filter {
        $0.recommendations && QuotaGroup.sharedName(of: $0, in: state) == name
      }
      guard !members.isEmpty else {
        let known = groups.filter { $0.members.count > 1 }.map(\.name)
        throw FleetError(
          .configuration,
          "--split-group \(name)=\(count): no quota group is named so; there is \(known.isEmpty ? "none" : known.joined(separator: ", "))"
        )
      }
      let apps = Set(members.map(\.app.value)).sorted()
      let most = apps.compactMap { state.connectors[$0]?.concurrency }.min() ?? 1
      guard (2...max(2, most)).contains(count), count <= most else {
        throw FleetError(
          .configuration,
          "--split-group \(name)=\(count): \(apps.joined(separator: ", ")) may be asked \(most) \(most == 1 ? "thing" : "things") at a time, so that the group is split into \(most) at the most"
        )
      }
    }
  }
}
