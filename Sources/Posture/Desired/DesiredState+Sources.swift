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

  /// Which other source of the app delivers a collection that the instance's never does, by collection.
  ///
  /// Nothing for recorded observations: what they hold is up to whoever recorded them.
  func absences(from instance: Instance) -> [String: Reason.Delivery] {
    let app = instance.app.value
    guard let connector = connectors[app] else { return [:] }
    let overAPI = connector.collections.filter { $0.notAvailable == nil }.map(\.name)
    let formats = exportFormats.values.filter { $0.app == app }.sorted { $0.name < $1.name }
    var absences: [String: Reason.Delivery] = [:]
    switch instance.source {
    case .recorded: break
    case .api:
      for format in formats {
        for name in Set(format.collections.map(\.name)).subtracting(overAPI)
        where absences[name] == nil {
          absences[name] = .export(
            app: connector.displayName, title: format.title, format: format.name)
        }
      }
    case .export(let name, _, _):
      guard let format = exportFormats[name.value] else { break }
      for name in Set(overAPI).subtracting(format.collections.map(\.name)) {
        absences[name] = .api(app: connector.displayName, export: format.title)
      }
    }
    return absences
  }
}
