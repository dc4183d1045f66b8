package import Posture
internal import YAML

/// Opens the observation that an instance's source names.
package enum Readings {
  /// Where observations over an API are stored, below the repository's root.
  package static let defaultFolder = ".plumb/observations"

  /// - Parameters:
  ///   - files: The repository's files, for recorded observations and exports.
  ///   - stored: The folder of stored observations, for what is read over an API.
  /// - Throws: ``ObservationFault`` with the reason why there is nothing to read.
  package static func open(
    _ instance: Instance, in state: DesiredState, files: any RepositoryFiles,
    stored: any RepositoryFiles
  ) throws(ObservationFault) -> any ObservationReading {
    let app = instance.app.value
    switch instance.source {
    case .api:
      let path = instance.name
      guard
        (try? stored.contents(of: "\(path)/observation.json", limit: FileLimits.manifest)) != nil
      else { throw ObservationFault("the instance has not been observed yet") }
      return try RecordedReading(
        stored, path: path, app: app, connector: state.connectors[app], source: instance.digest)
    case .recorded(let path, _):
      return try RecordedReading(
        files, path: path.value, app: app, connector: state.connectors[app])
    case .export(let name, let path, _):
      guard let format = state.exportFormats[name.value] else {
        throw ObservationFault("no export format named '\(name.value)'")
      }
      return try ExportReading(files, path: path.value, format: format)
    }
  }
}
