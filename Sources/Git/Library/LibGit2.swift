private import CGit2
private import CGitLines

/// libgit2 itself: started once in the life of the process, by whoever first needs it.
enum LibGit2 {
  /// Evaluating this constant starts libgit2; Swift runs the initializer of a static once, whatever
  /// the number of threads.
  private static let started: Int32 = {
    let count = git_libgit2_init()
    guard count >= 0 else { return count }
    // Objects and references reach the disk before their callers hear that they are written.
    _ = plumb_git_set_fsync(1)
    // Trees of more than 4 KiB are not kept by default: each of a fleet's ten thousand files would be looked up in a folder of as many
    // that is read, inflated and hashed anew.
    _ = plumb_git_set_cached_trees(4 << 20)
    _ = plumb_git_set_cache(64 << 20)
    let registered = plumb_lines_register()
    guard registered >= 0 else { return registered }
    // `git sparse-checkout` turns this extension on; libgit2 1.5 refuses the whole repository for it,
    // although nothing Plumb reads is configured per worktree.
    var extensions: [UnsafePointer<CChar>?] = []
    "worktreeconfig".withCString { name in
      extensions = [name]
      _ = plumb_git_set_extensions(&extensions, 1)
    }
    return count
  }()

  /// Makes sure that libgit2 runs.
  static func start() throws(GitError) {
    guard started >= 0 else {
      throw GitError(.library, "libgit2 could not be started")
    }
  }
}
