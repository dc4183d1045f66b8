internal import ArgumentParser
private import Foundation
internal import Git
internal import Posture
internal import Reconciler
internal import Reports
private import Synchronization

/// Which desired state is read.
struct RepositoryOptions: ParsableArguments {
  @Option(
    name: .customLong("repo"),
    help: ArgumentHelp(
      "The repository, a folder in it, or the URL of a remote, which is fetched into a cache (default: .).",
      valueName: "folder|url"))
  var namedRepo: String?

  @Option(
    name: .customLong("path"),
    help: ArgumentHelp(
      "The folder of desired state, relative to the repository's root (default: desired-state).",
      valueName: "folder"))
  var namedPath: String?

  @Option(
    name: .customLong("revision"),
    help: ArgumentHelp("The revision to read (default: HEAD).", valueName: "revision"))
  var namedRevision: String?

  @Flag(help: "Read the files of the working tree, committed or not.")
  var workingTree = false

  func validate() throws {
    if workingTree && revision != "HEAD" {
      throw ValidationError("--working-tree and --revision exclude one another.")
    }
    if workingTree && Self.isRemote(repo) {
      throw ValidationError("A remote has no working tree: clone it, or leave out --working-tree.")
    }
  }
}

extension RepositoryOptions {
  var repo: String { namedRepo ?? "." }
  var path: String { namedPath ?? "desired-state" }
  var revision: String { namedRevision ?? "HEAD" }

  /// Whether the command line says where the desired state is: then it must be there.
  private var isNamed: Bool {
    namedRepo != nil || namedPath != nil || namedRevision != nil || workingTree
  }

  /// Where the desired state is read from: a remote is fetched first, once in the life of the process.
  var location: DeclaredState.Location {
    get throws {
      guard let copy = try copy else {
        var location = DeclaredState.Location(
          repository: repo, path: path, revision: revision, usesWorkingTree: workingTree)
        location.isNamed = isNamed
        return location
      }
      // One commit for the whole run, whatever is fetched meanwhile.
      var location = DeclaredState.Location(
        repository: copy.path, path: path, revision: try copy.commit(of: revision))
      location.recordSide = .remoteOnly
      location.isNamed = true
      return location
    }
  }

  /// Where files are checked before they are committed: the working tree, where there is one and nothing
  /// else was asked for.
  var writtenLocation: DeclaredState.Location {
    get throws {
      var location = try location
      guard namedRevision == nil, !Self.isRemote(repo) else { return location }
      if let repository = try? Repository.open(path: repo), repository.workingDirectory != nil {
        location.usesWorkingTree = true
      }
      return location
    }
  }

  /// Says so where a commit is read, and the working tree says something else.
  func noteUncommitted() throws {
    guard !Self.isRemote(repo), let files = try UncommittedFiles(location) else { return }
    Console.note(Escaping.terminal(files.note))
  }

  /// The copy of the remote that `--repo` names; nil for a folder.
  var copy: RemoteCopy? {
    get throws {
      guard Self.isRemote(repo) else { return nil }
      return try Self.copies.withLock { copies in
        if let copy = copies[repo] { return copy }
        let copy = try RemoteCopy(repo, environment: ProcessInfo.processInfo.environment)
        copies[repo] = copy
        return copy
      }
    }
  }

  private static let copies = Mutex<[String: RemoteCopy]>([:])

  /// A revision of the repository that the desired state is compared with; of a remote, as it knows it.
  func base(_ revision: String?) throws -> String? {
    guard let revision, let copy = try copy else { return revision }
    return try copy.commit(of: revision)
  }

  static func isRemote(_ repo: String) -> Bool {
    RemoteCopy.isRemote(repo) { FileManager.default.fileExists(atPath: $0) }
  }

  /// For commands that edit files.
  static func refuseRemote(_ repo: String) throws {
    guard isRemote(repo) else { return }
    throw ValidationError(
      "This edits files of a working tree: clone '\(GitError.withoutUserInformation(repo))' and name the folder with --repo."
    )
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

  @Flag(help: "Judge every observation anew, and keep no assessment.")
  var noCache = false

  @Flag(help: "Take observations that look like an outage or a lost permission.")
  var force = false

  func validate() throws { _ = try now() }

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
      try repository.location, store: try storage.place(repository), now: try now(), force: force)
    request.keepsAssessments = !noCache
    request.isTimeGiven = at != nil
    let bar = ProgressBar()
    request.progress = { bar.show(done: $0, of: $1) }
    return request
  }
}
