package import Posture

/// The guard against an outage that many tenants share: an app's own credential that expired, a vendor that is down.
///
/// Where more than 20 % of the instances of an app, and at least two, fail or look suspect at once, nothing of the app is
/// taken: its instances stand as recorded.
package enum FleetGuard {
  static let mostPercent = 20
  static let leastInstances = 2

  /// An app of which nothing is taken.
  package struct Held: Sendable, Hashable {
    /// The app's name.
    package let app: String
    /// How many of its instances fail or are suspect.
    package let count: Int
    /// How many it has that are assessed.
    package let total: Int
  }

  /// The apps to hold, in order of name.
  ///
  /// - Parameters:
  ///   - instances: As a plan has them, with why they are not seen as they are.
  ///   - failing: The names of those that this fleet could not observe.
  package static func held(
    _ instances: some Sequence<Snapshot.Instance>, failing: Set<String>
  ) -> [Held] {
    var apps: [String: (count: Int, total: Int)] = [:]
    for instance in instances where instance.recommendations {
      let isTroubled = failing.contains(instance.name) || instance.staleReason?.suspicion != nil
      apps[instance.app, default: (0, 0)].total += 1
      if isTroubled { apps[instance.app, default: (0, 0)].count += 1 }
    }
    return apps.filter {
      $0.value.count >= leastInstances && $0.value.count * 100 > $0.value.total * mostPercent
    }.map { Held(app: $0.key, count: $0.value.count, total: $0.value.total) }
      .sorted { $0.app < $1.app }
  }
}
