internal import CGit2

/// How a push ended, as far as the remote is concerned.
public enum PushResult: Hashable, Sendable {
  /// The remote's reference points to what was pushed.
  case pushed
  /// The remote's reference holds commits that the pushed one does not follow. Nothing was changed.
  case notFastForward
  /// The remote refused: a protected branch, a hook, a race. Its own words; nothing was changed.
  case refused(reason: String)
}

extension Repository {
  /// Pushes one reference, and never by force.
  ///
  /// - Parameters:
  ///   - source: The full name here: `refs/heads/plumb/reports`.
  ///   - destination: The full name there; nil for the same.
  ///   - remote: As in ``fetch(from:refspecs:prune:options:)``, with the same care for credentials. In a
  ///     repository on this machine no hooks run.
  /// - Returns: A refusal is a result, not an error.
  /// - Throws: ``GitError`` with `authentication`, `certificate`, `network`, `invalidRemote`,
  ///   `invalidReferenceName`, or `unknownRevision` when there is no such reference here.
  public func push(
    _ source: String, as destination: String? = nil, to remote: String,
    options: RemoteOptions = RemoteOptions()
  ) throws(GitError) -> PushResult {
    let destination = destination ?? source
    try ReferenceName.validate(source)
    try ReferenceName.validate(destination)
    guard let id = try target(of: source) else {
      throw GitError(.unknownRevision, "no reference named '\(source)' in this repository")
    }
    let remote = try Remote(remote, in: self, forPushing: true)
    if let folder = remote.folder {
      do throws(GitError) {
        return try push(id, as: destination, toFolder: folder)
      } catch {
        throw error.adding(context: "pushing to '\(remote.label)'")
      }
    }
    let (result, conversation) = try send(
      ["\(source):\(destination)"], to: remote, options: options)
    if result == GIT_ENONFASTFORWARD.rawValue { return .notFastForward }
    try conversation.check(result, "pushing to '\(remote.label)'")
    if case let reason?? = conversation.statuses[destination] { return .refused(reason: reason) }
    return .pushed
  }

  /// Sends references over a connection.
  ///
  /// - Parameter specifications: Each `from:to`, or `:name` for one that is deleted.
  /// - Returns: libgit2's code, and what was said on the way.
  func send(
    _ specifications: [String], to remote: borrowing Remote, options: RemoteOptions
  ) throws(GitError) -> (result: Int32, conversation: RemoteConversation) {
    // libgit2 moves what was last seen of the remote, too.
    let lock = try ExchangeLock(in: self, doing: "pushing")
    defer { lock.finish() }
    let conversation = RemoteConversation(
      address: remote.address, named: remote.named, options: options)
    let pointer = remote.pointer
    let result = conversation.withCallbacks { callbacks in
      var pushing = git_push_options()
      let result = git_push_options_init(&pushing, UInt32(GIT_PUSH_OPTIONS_VERSION))
      guard result >= 0 else { return result }
      pushing.callbacks = callbacks
      pushing.proxy_opts.type = GIT_PROXY_AUTO
      pushing.follow_redirects = GIT_REMOTE_REDIRECT_NONE
      return withStrings(specifications) { git_remote_push(pointer, $0, &pushing) }
    }
    return (result, conversation)
  }
}
