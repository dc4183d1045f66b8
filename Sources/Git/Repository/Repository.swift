internal import CGit2
private import CLooseObjects

/// A git repository on this machine: its objects, commits and references.
///
/// Nothing here reads or writes the files of a working tree; everything goes through the object
/// database, so that bare repositories and checked-out ones behave alike.
///
/// A repository is not `Sendable`: libgit2's handles may be used by one thread at a time, and the
/// compiler holds callers to it. Tasks that work in parallel open the repository once each, which costs
/// well under a millisecond. Everything it hands out is a value, and travels freely.
public final class Repository {
  /// How long an update waits for another process to release a lock before it gives up.
  public var lockPatience: Duration = .seconds(3)

  let pointer: OpaquePointer
  let objects: OpaquePointer

  /// The objects written so far, in a repository that only stages them; see ``ObjectStage``.
  var written: [ObjectID]?

  /// The hash function and the folder are known; all else is asked of libgit2 when needed.
  private init(owning pointer: OpaquePointer) throws(GitError) {
    var objects: OpaquePointer?
    let result = git_repository_odb(&objects, pointer)
    guard result >= 0, let objects else {
      git_repository_free(pointer)
      throw GitError.fromLibrary(result, context: "opening the object database")
    }
    self.pointer = pointer
    self.objects = objects
    guard let folder = git_repository_commondir(pointer).map({ String(cString: $0) }) else {
      return
    }
    try GitError.check(
      plumb_guard_loose_objects(objects, folder + "objects"), "opening the object database")
  }

  deinit {
    git_odb_free(objects)
    git_repository_free(pointer)
  }

  /// Opens the repository that a path belongs to.
  ///
  /// - Parameter path: The repository's folder, a folder or file below it, a bare repository, a linked
  ///   worktree, or a folder whose `.git` is a file. Folders above are searched too, up to the root of
  ///   the file system that holds the path.
  /// - Throws: ``GitError`` with `repositoryNotFound`, `dubiousOwnership` (the folder belongs to another
  ///   user and no `safe.directory` names it) or `unsupportedRepository` (SHA-256, reftable).
  public static func open(path: String) throws(GitError) -> Repository {
    try open(path, searchingAbove: true)
  }

  /// - Parameter searchingAbove: Whether a repository in a folder above counts.
  static func open(_ path: String, searchingAbove: Bool) throws(GitError) -> Repository {
    try LibGit2.start()
    var pointer: OpaquePointer?
    let flags = searchingAbove ? 0 : GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue
    let result = Ownership.open(path, flags, into: &pointer)
    guard result >= 0, let pointer else {
      throw openingError(result, path: path, searchingAbove: searchingAbove)
    }
    return try Repository(owning: pointer)
  }

  /// Creates a repository, with missing folders on the way to it.
  ///
  /// - Parameters:
  ///   - path: The working tree's folder, or for a bare repository the repository's own.
  ///   - bare: Whether it is to have no working tree.
  ///   - initialBranch: The branch that `HEAD` will name; it is unborn until the first commit.
  /// - Throws: ``GitError`` with `alreadyExists` where the folder is a repository already.
  public static func `init`(
    path: String, bare: Bool = false, initialBranch: String = "main"
  ) throws(GitError) -> Repository {
    try LibGit2.start()
    try ReferenceName.validate("refs/heads/" + initialBranch)
    var options = git_repository_init_options()
    try GitError.check(
      git_repository_init_options_init(&options, UInt32(GIT_REPOSITORY_INIT_OPTIONS_VERSION)),
      "creating a repository")
    options.flags = GIT_REPOSITORY_INIT_NO_REINIT.rawValue | GIT_REPOSITORY_INIT_MKPATH.rawValue
    if bare { options.flags |= GIT_REPOSITORY_INIT_BARE.rawValue }
    var pointer: OpaquePointer?
    let result = initialBranch.withCString { branch in
      options.initial_head = branch
      return git_repository_init_ext(&pointer, path, &options)
    }
    try GitError.check(result, "creating a repository at '\(path)'")
    guard let pointer else {
      throw GitError(.library, "libgit2 gave no repository", context: "creating '\(path)'")
    }
    return try Repository(owning: pointer)
  }

  private static func openingError(
    _ result: Int32, path: String, searchingAbove: Bool
  ) -> GitError {
    let error = GitError.fromLibrary(result, context: "opening '\(path)'")
    switch result {
    case GIT_ENOTFOUND.rawValue, GIT_EOWNER.rawValue:
      guard let found = discover(path), searchingAbove || found.hasPrefix(path) else {
        return GitError(
          .repositoryNotFound,
          "no git repository at '\(path)'" + (searchingAbove ? ", nor in a folder above it" : ""))
      }
      // It is there and will not open: libgit2 1.5 says "not found" where the owner is another user and
      // no configuration file says safe.directory.
      return GitError(
        .dubiousOwnership,
        "the repository '\(found)' belongs to another user; to trust it, name the full path of its "
          + "working tree (of a bare one: of itself) in git's safe.directory "
          + "(git config --global --add safe.directory PATH)",
        context: "opening '\(path)'")
    default:
      let unsupported = ["unsupported extension", "unsupported repository version"]
      guard unsupported.contains(where: { error.message.contains($0) }) else { return error }
      return GitError(
        .unsupportedRepository, error.message, context: "opening '\(path)'")
    }
  }

  private static func discover(_ path: String) -> String? {
    var found = git_buf()
    defer { git_buf_dispose(&found) }
    guard git_repository_discover(&found, path, 0, nil) >= 0 else { return nil }
    return found.ptr.map { String(cString: $0) }
  }
}
