internal import CGit2
private import Glibc

extension Repository {
  /// Opens a bare copy of a remote after bringing it up to date, and makes it when there is none.
  ///
  /// The remote's branches become `refs/remotes/origin/…`, its tags `refs/tags/…`; what the remote no
  /// longer has is removed. `HEAD` is detached at the tip of the remote's default branch, and unborn
  /// while the remote has none. Branches below `refs/heads/` are left alone: they are the caller's own.
  /// Nothing in the copy says the URL.
  ///
  /// One process at a time works on a copy, others wait. Killed at any moment, the next call goes on.
  ///
  /// - Parameters:
  ///   - url: As in ``fetch(from:refspecs:prune:options:)``.
  ///   - path: Where the copy is, with missing folders on the way to it made for this user alone.
  ///   - patience: How long to wait for another process.
  /// - Throws: ``GitError`` as in fetching, and `locked`.
  public static func mirror(
    _ url: String, at path: String, patience: Duration = .seconds(300),
    options: RemoteOptions = RemoteOptions()
  ) throws(GitError) -> Repository {
    let label = GitError.withoutUserInformation(url)
    try FileSystem.makeFolder(String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.endIndex)))
    let lock = try UpdateLock(
      path: path + ".lock", patience: patience, doing: "copying '\(label)'",
      context: "copying a remote")
    defer { lock.clear() }
    var status = stat()
    let isNew = lstat(path, &status) != 0
    let repository = try isNew ? make(path) : open(path, searchingAbove: false)
    do throws(GitError) {
      let remote = try Remote(url, in: repository)
      let exchange = try ExchangeLock(in: repository, isOwn: true, doing: "copying a remote")
      defer { exchange.finish() }
      _ = try repository.fetch(
        remote, ["+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"], prune: true,
        options)
      try repository.detachHead(at: remote)
    } catch {
      // Of a misspelt URL nothing is to stay.
      if isNew { FileSystem.removeFolder(path) }
      throw error
    }
    return repository
  }

  private static func make(_ path: String) throws(GitError) -> Repository {
    // Under another name until it is whole.
    let draft = path + ".new"
    FileSystem.removeFolder(draft)
    _ = try Repository.`init`(path: draft, bare: true)
    guard rename(draft, path) == 0 else {
      throw GitError(.operatingSystem, "cannot create '\(path)': \(FileSystem.lastReason)")
    }
    return try open(path, searchingAbove: false)
  }

  private func detachHead(at remote: borrowing Remote) throws(GitError) {
    var name = git_buf()
    defer { git_buf_dispose(&name) }
    let heads = "refs/heads/"
    if git_remote_default_branch(&name, remote.pointer) >= 0,
      let branch = name.ptr.map({ String(cString: $0) }), branch.hasPrefix(heads),
      var tip = try target(of: "refs/remotes/origin/" + branch.dropFirst(heads.count))?.raw
    {
      try GitError.check(git_repository_set_head_detached(pointer, &tip), "setting HEAD")
    } else {
      try GitError.check(git_repository_set_head(pointer, heads + "main"), "setting HEAD")
    }
  }
}
