internal import ArgumentParser
private import Foundation
internal import Reconciler

/// Where observations are stored.
struct StorageOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The folder of stored observations (default: .plumb/observations in the repository).",
      valueName: "folder"))
  var observations: String?

  /// The folder that was named, absolute.
  var named: String? {
    observations.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
  }

  /// The folder, absolute.
  func folder(_ repository: RepositoryOptions) throws -> String {
    try ObservationFolder.path(named, repository: repository.location.repository)
  }
}
