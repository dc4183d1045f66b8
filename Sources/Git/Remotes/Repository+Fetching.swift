internal import CGit2

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
  /// Certificates and SSH host keys are verified. A redirect to another host is not followed, so that no
  /// credential goes there. A proxy is taken from git's configuration and the environment
  /// (`https_proxy`, `no_proxy`).
  ///
  /// - Parameters:
  ///   - remote: The name of a configured remote, a URL (`https`, `http`, `ssh`, `git`, `file`), or a path.
  ///   - refspecs: As in git: `+refs/heads/*:refs/remotes/origin/*`. Empty for the configured ones.
  /// - Returns: What moved, ordered by name; tags are fetched only when a refspec names them.
  /// - Throws: ``GitError`` with `authentication`, `certificate`, `network`, `invalidRemote`.
  public func fetch(
    from remote: String, refspecs: [String] = [], options: RemoteOptions = RemoteOptions()
  ) throws(GitError) -> [FetchedReference] {
    try fetch(Remote(remote, in: self), refspecs, options)
  }

  func fetch(
    _ remote: borrowing Remote, _ refspecs: [String], _ options: RemoteOptions
  ) throws(GitError) -> [FetchedReference] {
    let conversation = RemoteConversation(address: remote.address, options: options)
    let pointer = remote.pointer
    let result = conversation.withCallbacks { callbacks in
      var fetching = git_fetch_options()
      let result = git_fetch_options_init(&fetching, UInt32(GIT_FETCH_OPTIONS_VERSION))
      guard result >= 0 else { return result }
      fetching.callbacks = callbacks
      fetching.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE
      fetching.proxy_opts.type = GIT_PROXY_AUTO
      fetching.follow_redirects = GIT_REMOTE_REDIRECT_NONE
      return withStrings(refspecs) { list in
        git_remote_fetch(pointer, refspecs.isEmpty ? nil : list, &fetching, "fetch")
      }
    }
    try conversation.check(result, "fetching from '\(remote.label)'")
    return conversation.updates.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// Trusts the certificate authorities in a file, beside the system's, for all connections of the process.
  ///
  /// - Parameter certificateFile: Certificates in PEM form.
  public static func trust(certificateFile: String) throws(GitError) {
    try Library.start()
    try GitError.check(
      plumb_git_set_certificates(certificateFile, nil),
      "reading the certificates in '\(certificateFile)'",
      mapping: [GIT_ERROR.rawValue: .certificate])
  }
}
