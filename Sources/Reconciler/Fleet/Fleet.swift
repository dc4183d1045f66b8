internal import Connectors
package import Posture
internal import Text

/// How the instances of a desired state are shared out over machines, with all that every one of them must see alike:
/// the file between `plumb fleet split`, `run` and `merge`.
package struct Fleet: Sendable, Hashable {
  /// The commit of the desired state, in hexadecimal.
  package var desired: String
  /// The folder of desired state, relative to the repository's root.
  package var path: String
  /// The commit of the reports branch that says what is recorded; nil where nothing is.
  package var recorded: String?
  /// SHA-256 of the built-in catalog, in hexadecimal.
  package var catalog: String
  /// Plumb's version.
  package var version: String
  /// The time that conditions read as `now`, and that the report is of.
  package var at: Instant
  /// The shares, the most expensive first.
  package var shards: [Shard]
  /// Groups that are split over shards all the same, and into how many: each asks for that part of what the group may.
  package var divided: [String: Int]

  /// One share.
  package struct Shard: Sendable, Hashable {
    /// The instances' names, in the order in which they are taken on.
    package var instances: [String]
    /// The sum of their costs, in requests.
    package var cost: Int

    package init(instances: [String], cost: Int) {
      self.instances = instances
      self.cost = cost
    }
  }

  /// Shards at the most.
  package static let mostShards = 10_000

  package init(
    desired: String, path: String, recorded: String?, catalog: String, version: String,
    at: Instant, shards: [Shard], divided: [String: Int]
  ) {
    self.desired = desired
    self.path = path
    self.recorded = recorded
    self.catalog = catalog
    self.version = version
    self.at = at
    self.shards = shards
    self.divided = divided
  }

  /// The fleet's name: SHA-256 of what its file says, in hexadecimal.
  package var digest: String { Digest.sha256(bytes) }

  /// The number of the shard that each instance is in.
  package var assignment: [String: Int] {
    Dictionary(
      firstOf: shards.enumerated().flatMap { index, shard in shard.instances.map { ($0, index) } })
  }
}
