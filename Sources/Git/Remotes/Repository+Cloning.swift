internal import CGit2
private import Glibc

extension Repository {
  /// Makes a bare copy of a remote's branches and tags.
  ///
  /// The remote is kept as `origin`, without refspecs of its own, as `git clone --bare` does: a later
  /// ``fetch(from:refspecs:options:)`` moves only what it is told to, and no branch of ours by surprise.
  /// `HEAD` names the remote's default branch.
  ///
  /// - Parameters:
  ///   - remote: A URL or a path, with the same care for credentials as in fetching.
  ///   - path: Where the copy goes; nothing may be there yet. A failed copy is removed again.
  public static func clone(
    _ remote: String, to path: String, options: RemoteOptions = RemoteOptions()
  ) throws(GitError) -> Repository {
    var status = stat()
    guard lstat(path, &status) != 0 else {
      throw GitError(.alreadyExists, "there is something at '\(path)' already", context: "cloning")
    }
    do {
      let repository = try Repository.`init`(path: path, bare: true)
      try repository.copy(remote, options)
      return repository
    } catch {
      FileSystem.removeFolder(path)
      throw error
    }
  }

  private func copy(_ url: String, _ options: RemoteOptions) throws(GitError) {
    let address = RemoteAddress(url)
    guard !address.hasPassword else {
      let label = GitError.withoutUserInformation(url)
      throw GitError(
        .invalidRemote, "the URL of '\(label)' holds a password; give it as a credential")
    }
    var created: OpaquePointer?
    try GitError.check(
      git_remote_create_with_fetchspec(&created, pointer, "origin", url, nil),
      "cloning '\(GitError.withoutUserInformation(url))'",
      mapping: [GIT_EINVALIDSPEC.rawValue: .invalidRemote])
    guard let created else { throw GitError(.library, "libgit2 gave no remote") }
    let remote = try Remote(owning: created, named: url)
    _ = try fetch(remote, ["+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*"], options)

    var name = git_buf()
    defer { git_buf_dispose(&name) }
    // A remote without a commit has no default branch: ours stays unborn.
    guard git_remote_default_branch(&name, remote.pointer) >= 0, let branch = name.ptr else {
      return
    }
    try GitError.check(git_repository_set_head(pointer, branch), "cloning '\(remote.label)'")
  }
}
