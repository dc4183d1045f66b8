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
    guard bytes.suffix(5).elementsEqual(".yaml".utf8) else { return nil }
    let words = bytes.dropLast(5).split(separator: UInt8(ascii: "/"))
      .map { String(Substring($0)) }
    guard let folder = words.first, let stem = words.last else { return nil }
    switch (folder, words.count) {
    case ("connectors", 2): (kind, name, app) = (.connector, stem, stem)
    case ("exports", 3): (kind, name, app) = (.exportFormat, stem, words[1])
    case ("initiatives", 2): (kind, name, app) = (.initiative, stem, nil)
    case ("frameworks", 2): (kind, name, app) = (.framework, stem, nil)
    case ("recommendations", 3) where stem == "definitions":
      (kind, name, app) = (.definitions, words[1], words[1])
    case ("recommendations", 3): (kind, name, app) = (.recommendation, stem, words[1])
    default: return nil
    }
  }
}
