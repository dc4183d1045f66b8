package import Connectors
package import JSON
internal import Text

/// What vendors document of absent, null and empty fields in one app's collections.
///
/// A connector speaks for the vendor's API, an export format for the exporting tool. What either
/// cites counts for every verdict over the collection, since a condition can't tell where its
/// resources come from.
package struct Citations: Sendable {
  private let meanings: [Place: [JSONValue]]
  /// By collection, the collection that its resources belong to.
  let parents: [String: String]
  /// By collection, what the fields that a verdict reads must hold.
  let guards: [String: [FieldGuard]]

  /// Nothing is documented.
  static let none = Citations(collections: [], parents: [:])

  /// One form of one field of one collection.
  package struct Place: Hashable, Sendable {
    /// The collection's name: `passwordPolicies`.
    package let collection: String
    /// The names on the way to the field, joined by dots, lists passed through: `profile.login`;
    /// ``CollectionField/whole`` for the collection itself.
    package let path: String
    /// What stands in the field's place: nothing, null, or an empty value.
    package let form: CollectionField.Form

    package init(collection: String, path: String, form: CollectionField.Form) {
      self.collection = collection
      self.path = path
      self.form = form
    }
  }

  init(collections: [(name: String, fields: [CollectionField])], parents: [String: String]) {
    var meanings: [Place: [JSONValue]] = [:]
    for (collection, fields) in collections {
      for field in fields {
        for (form, meaning) in field.meanings {
          let place = Place(collection: collection, path: field.path, form: form)
          if meanings[place]?.contains(meaning.value) != true {
            meanings[place, default: []].append(meaning.value)
          }
        }
      }
    }
    self.meanings = meanings
    guards = Self.guards(of: collections)
    self.parents = parents
  }

  /// The guards of each collection: a field's type counts where any source gives it, a form where
  /// any source documents it.
  private static func guards(
    of collections: [(name: String, fields: [CollectionField])]
  ) -> [String: [FieldGuard]] {
    var fields: [String: [String: [CollectionField]]] = [:]
    for (collection, list) in collections {
      for field in list { fields[collection, default: [:]][field.path, default: []].append(field) }
    }
    return fields.mapValues { paths in
      paths.sorted { $0.key < $1.key }.enumerated().compactMap { place, field in
        let (path, fields) = field
        guard path != CollectionField.whole, let type = fields.lazy.compactMap(\.type).first
        else { return nil }
        return FieldGuard(
          path: path.split(separator: ".").map(String.init), place: place, type: type,
          isMapped: fields.contains { $0.map != nil },
          accepted: Set(fields.flatMap(\.meanings.keys)))
      }
    }
  }

  /// The values that the form stands for, by each source that documents it; empty when none does.
  package func meanings(of place: Place) -> [JSONValue] { meanings[place] ?? [] }
}

extension DesiredState {
  /// What the connector and the export formats of an app cite.
  package func citations(of app: String) -> Citations {
    let connector = connectors[app]?.collections ?? []
    let exports = exportFormats.values.filter { $0.app == app }.sorted { $0.name < $1.name }
    return Citations(
      collections: connector.map { ($0.name, $0.fields) }
        + exports.flatMap { $0.collections.map { ($0.name, $0.fields) } },
      parents: Dictionary(
        firstOf: connector.compactMap { item in item.forEach.map { (item.name, $0) } }))
  }
}
