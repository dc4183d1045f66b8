internal import CGit2
internal import Text

/// A reference that a fetch moved.
public struct FetchedReference: Hashable, Sendable {
  /// The full name in this repository.
  public let name: String
  /// Where it pointed; nil when it is new.
  public let old: ObjectID?
  /// Where it points; nil when it is gone.
  public let new: ObjectID?

  init(name: String, old: ObjectID, new: ObjectID) {
    self.name = name
    self.old = old == .zero ? nil : old
    self.new = new == .zero ? nil : new
  }
}

extension Repository {
  /// Fetches from a remote.
  ///
  /// Certificates and SSH host keys are verified. A redirect to another host or port is not followed, so that no
  /// credential goes there. A proxy is taken from git's configuration and the environment
  /// (`https_proxy`, `no_proxy`).
  ///
  /// - Parameters:
  ///   - remote: The name of a configured remote, a URL (`https`, `http`, `ssh`, `git`, `file`), or a path.
  ///   - refspecs: As in git: `+refs/heads/*:refs/remotes/origin/*`. Empty for the configured ones.
  ///   - prune: Whether references that the refspecs lead to and that the remote no longer has are removed.
  /// - Returns: What moved, ordered by name; tags are fetched only when a refspec names them.
  /// - Throws: ``GitError`` with `authentication`, `certificate`, `network`, `invalidRemote`.
  public func fetch(
    from remote: String, refspecs: [String] = [], prune: Bool = false,
    options: RemoteOptions = RemoteOptions()
  ) throws(GitError) -> [FetchedReference] {
    let lock = try ExchangeLock(in: self, doing: "fetching")
    defer { lock.finish() }
    return try fetch(Remote(remote, in: self), refspecs, prune: prune, options)
  }

  func fetch(
    _ remote: borrowing Remote, _ refspecs: [String], prune: Bool = false, _ options: RemoteOptions
  ) throws(GitError) -> [FetchedReference] {
    if let folder = remote.folder {
      // libgit2 takes a folder that is not there for a protocol it does not know.
      do throws(GitError) {
        _ = try Repository.open(folder, searchingAbove: false)
      } catch {
        throw error.adding(context: "fetching from '\(remote.label)'")
      }
    }
    let conversation = RemoteConversation(
      address: remote.address, named: remote.named, options: options)
    let pointer = remote.pointer
    let result = conversation.withCallbacks { callbacks in
      var fetching = git_fetch_options()
      let result = git_fetch_options_init(&fetching, UInt32(GIT_FETCH_OPTIONS_VERSION))
      guard result >= 0 else { return result }
      fetching.callbacks = callbacks
      fetching.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE
      fetching.prune = GIT_FETCH_NO_PRUNE
      // FETCH_HEAD would keep the URL with whatever user's name stands in it.
      fetching.update_fetchhead = 0
      fetching.proxy_opts.type = GIT_PROXY_AUTO
      fetching.follow_redirects = GIT_REMOTE_REDIRECT_NONE
      return withStrings(refspecs) { list in
        let list = refspecs.isEmpty ? nil : list
        guard prune else { return git_remote_fetch(pointer, list, &fetching, "fetch") }
        // By itself libgit2 prunes last; a branch `a` that is gone would then be in the way of `a/b`.
        let result = git_remote_download(pointer, list, &fetching)
        guard result >= 0 else { return result }
        defer { git_remote_disconnect(pointer) }
        let pruned = git_remote_prune(pointer, &fetching.callbacks)
        guard pruned >= 0 else { return pruned }
        return git_remote_update_tips(
          pointer, &fetching.callbacks, 0, GIT_REMOTE_DOWNLOAD_TAGS_NONE, "fetch")
      }
    }
    try conversation.check(result, "fetching from '\(remote.label)'")
    return conversation.updates.sorted { $0.name.isBefore($1.name) }
  }

  /// Trusts the certificate authorities in a file, beside the system's, for all connections of the process.
  ///
  /// - Parameter certificateFile: Certificates in PEM form.
  public static func trust(certificateFile: String) throws(GitError) {
    try LibGit2.start()
    try GitError.check(
      plumb_git_set_certificates(certificateFile, nil),
      "reading the certificates in '\(certificateFile)'",
      mapping: [GIT_ERROR.rawValue: .certificate])
  }
}
