internal import ArgumentParser
private import Foundation
internal import Observation
internal import Reconciler
private import Synchronization

/// Where observations are kept.
struct StorageOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where Plumb keeps what it observes, outside the repository (default: PLUMB_STORE, or a folder for each repository in XDG_STATE_HOME/plumb, ~/.local/state/plumb).",
      valueName: "folder"))
  var store: String?

  /// The place; nil when there is no home to keep anything in.
  func place(_ repository: RepositoryOptions) throws -> ObservationStore? {
    let folder = try repository.location.repository
    guard
      let place = try StorePlace.store(
        store, repository: folder, environment: ProcessInfo.processInfo.environment)
    else { return nil }
    if StorePlace.abandons(folder, for: place) {
      Self.sayOnce(
        "The observations in .plumb/observations are not read any more: they are made anew and kept in \(place.path). Delete that folder."
      )
    }
    return place
  }

  /// The place, where something is to be stored.
  func placeToStore(_ repository: RepositoryOptions) throws -> ObservationStore {
    guard let place = try place(repository) else {
      throw Failure("there is no HOME to keep observations in; name a folder with --store")
    }
    return place
  }

  private static let isSaid = Mutex(false)

  private static func sayOnce(_ note: String) {
    let isNew = isSaid.withLock { isSaid in
      defer { isSaid = true }
      return !isSaid
    }
    if isNew { Console.note(note) }
  }
}
