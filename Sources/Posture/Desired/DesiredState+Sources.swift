package import Connectors
internal import Text
internal import YAML

extension DesiredState {
  /// Why no source of the app delivers a collection, and where to look instead, by collection.
  package func notAvailable(of app: String) -> [String: Connector.NotAvailable] {
    Dictionary(
      firstOf: (connectors[app]?.collections ?? []).compactMap { collection in
        collection.notAvailable.map { (collection.name, $0) }
      })
  }

  /// Which other source of the app delivers a collection that none of the instance's ever does, by collection.
  ///
  /// Nothing where there is a recorded observation: what it holds is up to whoever recorded it.
  func absences(from instance: Instance) -> [String: Reason.Delivery] {
    var all: [String: Reason.Delivery]?
    for source in instance.sources {
      let absences = absences(from: source, of: instance)
      all = all.map { all in all.filter { absences[$0.key] != nil } } ?? absences
    }
    return all ?? [:]
  }

  private func absences(
    from source: Instance.Source, of instance: Instance
  ) -> [String: Reason.Delivery] {
    let app = instance.app.value
    guard let connector = connectors[app] else { return [:] }
    let overAPI = connector.collections.filter { $0.notAvailable == nil }.map(\.name)
    let formats = exportFormats.values.filter { $0.app == app }.sorted { $0.name < $1.name }
    var absences: [String: Reason.Delivery] = [:]
    switch source.way {
    case .recorded: break
    case .api:
      for format in formats {
        for name in Set(format.collections.map(\.name)).subtracting(overAPI)
        where absences[name] == nil {
          absences[name] = .export(
            app: connector.displayName, title: format.title, format: format.name)
        }
      }
    case .export(let name, _):
      guard let format = exportFormats[name] else { break }
      for name in Set(overAPI).subtracting(format.collections.map(\.name)) {
        absences[name] = .api(app: connector.displayName, export: format.title)
      }
    }
    return absences
  }

  /// Whether a source of an instance is one that delivers a collection, as far as that is known.
  package func delivers(_ collection: String, _ source: Instance.Source, app: String) -> Bool {
    switch source.way {
    case .recorded: true
    case .api:
      (connectors[app]?.collections ?? []).contains {
        $0.name == collection && (!$0.requests.isEmpty || $0.fixed != nil)
      }
    case .export(let format, _):
      (exportFormats[format]?.collections ?? []).contains { $0.name == collection }
    }
  }
}
