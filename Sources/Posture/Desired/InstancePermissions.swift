internal import Connectors
internal import Text
internal import YAML

/// What an instance's credentials must be allowed, for the recommendations as they are declared and
/// for nothing else.
package struct InstancePermissions: Sendable {
  /// The instance's name.
  package let instance: String
  /// The app that it is of: `okta`.
  package let app: String
  /// The app's name for people, as its connector has it.
  package let appTitle: String
  /// Whether the app's connector is the catalog's, and tells how credentials are made.
  package let isBuiltIn: Bool
  /// Sorted by name.
  package let permissions: [Permission]
  /// OAuth scopes that stand for the permissions, where their names differ; sorted.
  package let scopes: [String]
  /// The names of the collections that recommendations and imports read, and of those that these
  /// are read for.
  package let collections: Set<String>
  /// What writing into what is imported needs beside them: no surplus, and not needed to read.
  private let writes: Set<String>
  /// The ways to give credentials: each with its name and the environment variables it takes. Empty
  /// until whoever knows them sets them.
  package var ways: [(name: String, variables: [String])] = []

  /// One permission, and what needs it.
  package struct Permission: Sendable, Hashable {
    /// As the vendor names it.
    package let name: String
    /// The collections that are read with it, sorted.
    package let collections: [String]
    /// The recommendations that read these collections, sorted.
    package let recommendations: [String]
    /// The sources of imported recommendations that read these collections.
    package let imports: [ImportedSource]

    /// What needs it: the recommendations' names; where no condition reads the collections, the
    /// titles of what is imported.
    package var uses: [String] { recommendations.isEmpty ? imports.map(\.title) : recommendations }
  }

  /// Collects what an instance's recommendations and imports read, with the permissions for it.
  ///
  /// - Parameters:
  ///   - state: The desired state; it has the instance's connector.
  ///   - compiled: What has the recommendations of the instance's app.
  package init(_ instance: Instance, in state: DesiredState, compiled: CompiledState) {
    self.instance = instance.name
    app = instance.app.value
    let connector = state.connectors[app]
    appTitle = connector?.displayName ?? app
    isBuiltIn = connector?.origin == .catalog
    let declared = (connector?.collections ?? []).keyed(by: \.name)
    var needed: Set<String> = []
    var scopes: Set<String> = []
    var collections: [String: Set<String>] = [:]
    var recommendations: [String: Set<String>] = [:]
    for recommendation in compiled.recommendations[app] ?? [] {
      for required in recommendation.readCollections {
        var next = declared[required]
        // What a collection is read for must be read too.
        while let collection = next {
          needed.insert(collection.name)
          scopes.formUnion(collection.scopes)
          for permission in collection.permissions {
            collections[permission, default: []].insert(collection.name)
            recommendations[permission, default: []].insert(recommendation.recommendation.name)
          }
          next = collection.forEach.flatMap { declared[$0] }
        }
      }
    }
    // What is imported is read by no condition.
    var imports: [String: Set<ImportedSource>] = [:]
    for source in ImportedSource.all {
      for name in source.collections {
        guard let collection = declared[name], !collection.requests.isEmpty else { continue }
        needed.insert(name)
        for permission in collection.permissions {
          collections[permission, default: []].insert(name)
          imports[permission, default: []].insert(source)
        }
      }
    }
    writes = Set(
      ImportedSource.all.filter { $0.isRead(by: connector) }.map(\.writePermission))
    permissions = collections.keys.sorted().map { name in
      Permission(
        name: name, collections: (collections[name] ?? []).sorted(),
        recommendations: (recommendations[name] ?? []).sorted(),
        imports: ImportedSource.all.filter { imports[name]?.contains($0) ?? false })
    }
    self.scopes = scopes.isSubset(of: collections.keys) ? [] : scopes.sorted()
    self.collections = needed
  }

  /// Every permission and scope that is no surplus: what is needed, under either of its names, and
  /// what writing needs.
  package var grants: Set<String> { writes.union(permissions.map(\.name) + scopes) }

  /// How many recommendations need at least one of the permissions.
  package var recommendationCount: Int { Set(permissions.flatMap(\.recommendations)).count }
}
