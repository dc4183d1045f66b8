package import Posture
internal import YAML

/// The permissions that an instance's credentials need, and what for.
package struct Permissions: Sendable, Hashable {
  /// As the vendor names it.
  package let name: String
  /// The collections that are read with it, sorted.
  package let collections: [String]
  /// The recommendations that read these collections, sorted; none for what is imported only.
  package let recommendations: [String]

  /// What the recommendations of an instance's app need, and the import of Microsoft Secure Score,
  /// and nothing beyond.
  ///
  /// - Parameters:
  ///   - state: Has the instance's connector.
  ///   - compiled: Has the recommendations of the instance's app, compiled.
  /// - Returns: Sorted by name.
  package static func needed(
    by instance: Instance, in state: DesiredState, compiled: CompiledState
  ) -> [Permissions] {
    let app = instance.app.value
    guard let connector = state.connectors[app] else { return [] }
    let byName = Dictionary(
      connector.collections.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var collections: [String: Set<String>] = [:]
    var recommendations: [String: Set<String>] = [:]
    for recommendation in compiled.recommendations[app] ?? [] {
      for required in recommendation.requiredCollections {
        var next = byName[required]
        // What a collection is read for must be read too.
        while let collection = next {
          for permission in collection.permissions {
            collections[permission, default: []].insert(collection.name)
            recommendations[permission, default: []].insert(recommendation.recommendation.name)
          }
          next = collection.forEach.flatMap { byName[$0] }
        }
      }
    }
    for name in [SecureScoreReader.profiles, SecureScoreReader.scores] {
      for permission in byName[name]?.permissions ?? [] {
        collections[permission, default: []].insert(name)
      }
    }
    return collections.keys.sorted().map { name in
      Permissions(
        name: name, collections: (collections[name] ?? []).sorted(),
        recommendations: (recommendations[name] ?? []).sorted())
    }
  }
}
