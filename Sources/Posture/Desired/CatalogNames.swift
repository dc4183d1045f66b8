internal import Catalog

/// The names of what the catalog holds: known without decoding it.
package struct CatalogNames: Sendable {
  private var names: [DocumentKind: Set<String>] = [:]
  /// The app of what belongs to one, by kind and name.
  private var apps: [DocumentKind: [String: String]] = [:]

  /// The names that the built-in files' paths tell.
  ///
  /// `recommendations/okta/okta-session.yaml` holds the recommendation `okta-session` of app `okta`.
  package static let builtIn = {
    var names = CatalogNames()
    // Most are recommendations.
    let count = CatalogPlace.all.count
    names.names[.recommendation] = Set(minimumCapacity: count)
    names.apps[.recommendation] = Dictionary(minimumCapacity: count)
    for (place, _) in CatalogPlace.all { names.add(place.kind, place.name, app: place.app) }
    return names
  }()

  mutating func add(_ kind: DocumentKind, _ name: String, app: String? = nil) {
    names[kind, default: []].insert(name)
    if let app { apps[kind, default: [:]][name] = app }
  }

  /// The names of a kind's documents, in no order.
  package func all(_ kind: DocumentKind) -> Set<String> { names[kind] ?? [] }

  func contains(_ kind: DocumentKind, _ name: String) -> Bool {
    names[kind]?.contains(name) == true
  }

  /// The app that a recommendation or an export format is for; nil where the catalog has none of the name.
  func app(of kind: DocumentKind, _ name: String) -> String? { apps[kind]?[name] }
}

/// What a built-in file holds, as its path tells.
struct CatalogPlace: Sendable {
  let kind: DocumentKind
  /// `metadata.name`.
  let name: String
  /// Nil for what belongs to no app.
  let app: String?

  /// The built-in files, each with what its path tells.
  static let all = Catalog.files.compactMap { file in CatalogPlace(file.path).map { ($0, file) } }

  /// - Parameter path: Relative to `Sources/Catalog`.
  init?(_ path: String) {
    // By bytes: every start of the program reads more than a thousand paths, and characters take twenty times as long.
    let bytes = path.utf8
    let slash = UInt8(ascii: "/")
    guard bytes.suffix(5).elementsEqual(".yaml".utf8), let first = bytes.firstIndex(of: slash),
      let last = bytes.lastIndex(of: slash)
    else { return nil }
    let folder = path[..<first]
    let stem = String(path[bytes.index(after: last)..<bytes.index(bytes.endIndex, offsetBy: -5)])
    // What stands between the first slash and the last; nothing where they are one.
    let middle = first == last ? nil : String(path[bytes.index(after: first)..<last])
    guard middle?.utf8.contains(slash) != true else { return nil }
    switch (folder, middle) {
    case ("connectors", nil): (kind, name, app) = (.connector, stem, stem)
    case ("exports", let app?): (kind, name, self.app) = (.exportFormat, stem, app)
    case ("initiatives", nil): (kind, name, app) = (.initiative, stem, nil)
    case ("frameworks", nil): (kind, name, app) = (.framework, stem, nil)
    case ("recommendations", let app?) where stem == "definitions":
      (kind, name, self.app) = (.definitions, app, app)
    case ("recommendations", let app?): (kind, name, self.app) = (.recommendation, stem, app)
    default: return nil
    }
  }
}
