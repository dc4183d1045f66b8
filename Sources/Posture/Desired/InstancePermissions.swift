internal import Connectors
internal import Text
internal import YAML

/// What an instance's credentials must be allowed, for the recommendations as they are declared and
/// for nothing else.
package struct InstancePermissions: Sendable {
  package let instance: String
  package let app: String
  package let appTitle: String
  /// Whether the app's connector is the catalog's, and tells how credentials are made.
  package let isBuiltIn: Bool
  /// Sorted by name.
  package let permissions: [Permission]
  /// OAuth scopes that stand for the permissions, where their names differ; sorted.
  package let scopes: [String]
  /// What the recommendations read, and what that is read for.
  package let collections: Set<String>
  /// What writing into what is imported needs beside them: no surplus, and not needed to read.
  private let writes: Set<String>
  /// How to give the credentials: the variables of each way in.
  package var ways: [(name: String, variables: [String])] = []

  package struct Permission: Sendable, Hashable {
    /// As the vendor names it.
    package let name: String
    /// The collections that are read with it, sorted.
    package let collections: [String]
    /// The recommendations that read these collections, sorted.
    package let recommendations: [String]
    /// What is imported from these collections.
    package let imports: [ImportedSource]

    /// What it is needed for, in words: the recommendations; where no condition reads them, the titles
    /// of what is imported.
    package var uses: [String] { recommendations.isEmpty ? imports.map(\.title) : recommendations }
  }

  /// - Parameters:
  ///   - state: Has the instance's connector.
  ///   - compiled: Has the recommendations of the instance's app, compiled.
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

  /// The names under which vendors show what credentials are allowed.
  package var grants: Set<String> { writes.union(permissions.map(\.name) + scopes) }

  /// How many recommendations need any of the permissions.
  package var recommendationCount: Int { Set(permissions.flatMap(\.recommendations)).count }
}
