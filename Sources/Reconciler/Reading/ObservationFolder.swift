internal import Git
internal import Observation

/// Where observations over an API are stored.
package enum ObservationFolder {
  /// The folder that was named, or the default one below the working directory.
  ///
  /// - Throws: ``ReconcileError`` for a bare repository, when none was named.
  package static func path(_ named: String?, repository: String) throws -> String {
    guard let path = path(named, in: try Repository.open(path: repository)) else {
      throw ReconcileError.refused(
        "a bare repository has no place for observations; name one with --observations")
    }
    return path
  }

  /// Nil for a bare repository, when none was named.
  static func path(_ named: String?, in repository: Repository) -> String? {
    named ?? repository.workingDirectory.map { "\($0)/\(Readings.defaultFolder)" }
  }
}
