internal import Catalog
package import Connectors
private import Synchronization
package import YAML

/// The catalog, decoded as far as it is wanted. A desired state may refer to what is in it.
package struct DecodedCatalog: Sendable {
  /// By app: a connector has its app's name.
  package private(set) var connectors: [String: Connector] = [:]
  /// By name; one app may have several.
  package private(set) var exportFormats: [String: ExportFormat] = [:]
  /// By app.
  package private(set) var definitions: [String: Definitions] = [:]
  /// By name, as the catalog has them: no override is applied.
  package private(set) var recommendations: [String: Recommendation] = [:]
  /// By name.
  package private(set) var initiatives: [String: Initiative] = [:]
  /// By name; decoded with the whole catalog, or where they alone are asked for.
  package private(set) var frameworks: [String: Framework] = [:]
  /// Everything that there is, decoded or not.
  package private(set) var names = CatalogNames()

  /// How much of the catalog is decoded.
  package enum Extent: Sendable {
    /// Everything.
    case whole
    /// What belongs to these apps, and what else is named; no frameworks.
    case part(apps: Set<String>, named: [DocumentKind: Set<String>])
    /// The frameworks of these names, and nothing else.
    case frameworks(Set<String>)

    /// What belongs to these apps, and the initiatives of these names.
    package static func part(apps: Set<String>, initiatives: Set<String>) -> Extent {
      .part(apps: apps, named: [.initiative: initiatives])
    }

    func contains(_ place: CatalogPlace) -> Bool {
      switch self {
      case .whole: return true
      case .frameworks(let names):
        return place.kind == .framework && names.contains(place.name)
      case .part(let apps, let named):
        if let app = place.app, apps.contains(app) { return true }
        return place.kind != .framework && named[place.kind]?.contains(place.name) == true
      }
    }
  }

  /// The built-in catalog. Each of its files is decoded once in a process.
  ///
  /// Faults in it are Plumb's own; the test suite shows that there are none.
  ///
  /// - Parameter withTests: Whether recommendations and definitions come with their tests.
  package static func builtIn(
    _ extent: Extent = .whole, withTests: Bool = false, diagnostics: Diagnostics
  ) -> DecodedCatalog {
    var library = DecodedCatalog()
    library.names = .builtIn
    for (place, file) in CatalogPlace.all where extent.contains(place) {
      library.merge(decoded(file, withTests: withTests, diagnostics: diagnostics))
    }
    return library
  }

  /// SHA-256 over the built-in catalog, without its tests, in hexadecimal: equal digests judge alike.
  package static let digest: String = {
    let lines = Catalog.files.map {
      "\($0.path) \(Digest.sha256($0.bytes(withTests: false)))"
    }
    return Digest.sha256(lines.joined(separator: "\n"))
  }()

  /// What was decoded and what was said of it, by path and whether tests were read.
  private static let cache = Mutex<[Key: (library: DecodedCatalog, said: Diagnostics)]>([:])
  private struct Key: Hashable {
    let path: String
    let withTests: Bool
  }

  private static func decoded(
    _ file: Catalog.File, withTests: Bool, diagnostics: Diagnostics
  ) -> DecodedCatalog {
    let key = Key(path: file.path, withTests: withTests)
    let known =
      cache.withLock { $0[key] }
      ?? {
        let own = Diagnostics()
        let library = DecodedCatalog(
          files: [(path: "catalog/\(file.path)", bytes: file.bytes(withTests: withTests))],
          diagnostics: own)
        let decoded = (library: library, said: own)
        cache.withLock { $0[key] = decoded }
        return decoded
      }()
    // Whoever asks is told, not the first alone.
    diagnostics.append(contentsOf: known.said)
    return known.library
  }

  private mutating func merge(_ other: DecodedCatalog) {
    connectors.merge(other.connectors) { first, _ in first }
    exportFormats.merge(other.exportFormats) { first, _ in first }
    definitions.merge(other.definitions) { first, _ in first }
    recommendations.merge(other.recommendations) { first, _ in first }
    initiatives.merge(other.initiatives) { first, _ in first }
    frameworks.merge(other.frameworks) { first, _ in first }
  }

  /// An empty catalog.
  package init() {}

  /// Decodes files as a catalog; faults go to `diagnostics`.
  ///
  /// - Parameter files: The files' names, for diagnostics, and their contents.
  package init(files: [(path: String, bytes: [UInt8])], diagnostics: Diagnostics) {
    for file in files {
      for document in YAMLParser.parse(file.bytes, file: file.path, into: diagnostics) {
        guard
          let envelope = Envelope(document, kinds: DocumentKind.allCases, diagnostics: diagnostics)
        else { continue }
        add(envelope, diagnostics: diagnostics)
      }
    }
  }

  private mutating func add(_ envelope: Envelope, diagnostics: Diagnostics) {
    let name = envelope.name.value
    var app: String?
    switch envelope.kind {
    case .connector:
      connectors[name] = Connector(envelope, origin: .catalog, diagnostics: diagnostics)
      app = name
    case .exportFormat:
      exportFormats[name] = ExportFormat(envelope, diagnostics: diagnostics)
      app = exportFormats[name]?.app
    case .framework:
      frameworks[name] = Framework(envelope, diagnostics: diagnostics)
    case .definitions:
      guard let item = Definitions(envelope, diagnostics: diagnostics) else { return }
      app = item.app.value
      definitions[item.app.value] = item
    case .recommendation:
      recommendations[name] = Recommendation(envelope, origin: .catalog, diagnostics: diagnostics)
      app = recommendations[name]?.app.value
    case .initiative:
      initiatives[name] = InitiativeDocument(envelope, diagnostics: diagnostics)?
        .resolve(builtIn: nil, known: [], diagnostics: diagnostics)
    case .instance, .exception, .settings, .recommendationOverride:
      diagnostics.error(
        "a \(envelope.kind.rawValue) does not belong in the catalog", at: envelope.name.mark)
      return
    }
    names.add(envelope.kind, name, app: app)
  }

  /// The recommendation of a name; a built-in one that is not decoded yet is decoded now.
  func recommendation(_ name: String) -> Recommendation? {
    if let known = recommendations[name] { return known }
    guard let app = names.app(of: .recommendation, name) else { return nil }
    return DecodedCatalog.builtIn(.part(apps: [app], initiatives: []), diagnostics: Diagnostics())
      .recommendations[name]
  }
}
