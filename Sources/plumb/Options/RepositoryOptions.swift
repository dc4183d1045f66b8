internal import ArgumentParser
private import Foundation
internal import Posture
internal import Reconciler

/// Which desired state is read.
struct RepositoryOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The repository, or a folder in it.", valueName: "folder"))
  var repo = "."

  @Option(
    help: ArgumentHelp(
      "The folder of desired state, relative to the repository's root.", valueName: "folder"))
  var path = "desired-state"

  @Option(help: "The revision to read.")
  var revision = "HEAD"

  @Flag(help: "Read the files of the working tree, committed or not.")
  var workingTree = false

  func validate() throws {
    if workingTree && revision != "HEAD" {
      throw ValidationError("--working-tree and --revision exclude one another.")
    }
  }
}

extension RepositoryOptions {
  var location: DeclaredState.Location {
    DeclaredState.Location(
      repository: repo, path: path, revision: revision, usesWorkingTree: workingTree)
  }
}

/// What is observed, and when.
struct ObservationOptions: ParsableArguments {
  @OptionGroup var storage: StorageOptions

  @Option(
    help: ArgumentHelp(
      "The time that counts as now, such as 2026-06-01T06:00:00Z (default: the clock).",
      valueName: "time"))
  var at: String?

  @Flag(help: "Take observations that look like an outage or a lost permission.")
  var force = false

  /// The time that counts as now.
  func now() throws -> Instant { try Self.instant(at) }

  /// The time that `--at` says, or the clock's.
  static func instant(_ at: String?) throws -> Instant {
    guard let at else { return Instant(secondsSince1970: Int(Date().timeIntervalSince1970)) }
    guard let instant = Instant(at) else {
      throw ValidationError("'\(at)' is no time; write 2026-06-01T06:00:00Z or 2026-06-01.")
    }
    return instant
  }

  func request(_ repository: RepositoryOptions) throws -> PlanRequest {
    var request = PlanRequest(
      repository.location, observations: storage.named, now: try now(), force: force)
    let bar = ProgressBar()
    request.progress = { bar.show(done: $0, of: $1) }
    return request
  }
}
