internal import CGit2

/// A handle on a remote, for the time of one operation.
struct Remote: ~Copyable {
  let pointer: OpaquePointer
  let address: RemoteAddress
  /// What the caller or the remote's own entry says, before git's configuration leads elsewhere
  /// (`url.*.insteadOf`, `remote.*.pushurl`).
  let named: RemoteAddress
  /// What to call it in messages: never with a user's name or password.
  let label: String
  /// Where it is, when it is on this machine.
  let folder: String?

  /// Finds the configured remote of that name; otherwise takes the text for a URL or a path.
  ///
  /// - Parameter forPushing: Whether its URL for pushing counts, which may be another one.
  init(
    _ nameOrURL: String, in repository: Repository, forPushing: Bool = false
  ) throws(GitError) {
    guard !nameOrURL.isEmpty, !nameOrURL.utf8.contains(0) else {
      throw GitError(.invalidRemote, "a remote needs a name, a URL or a path")
    }
    var pointer: OpaquePointer?
    var result = git_remote_lookup(&pointer, repository.pointer, nameOrURL)
    if result == GIT_ENOTFOUND.rawValue || result == GIT_EINVALIDSPEC.rawValue {
      var options = git_remote_create_options()
      git_remote_create_options_init(&options, UInt32(GIT_REMOTE_CREATE_OPTIONS_VERSION))
      options.repository = repository.pointer
      options.flags = GIT_REMOTE_CREATE_SKIP_INSTEADOF.rawValue
      result = git_remote_create_with_opts(
        &pointer, try repository.redirected(nameOrURL, forPushing: forPushing), &options)
    }
    guard result >= 0, let pointer else {
      throw GitError.fromLibrary(
        result, context: "opening remote '\(GitError.withoutUserInformation(nameOrURL))'",
        mapping: [GIT_EINVALIDSPEC.rawValue: .invalidRemote])
    }
    let isConfigured = git_remote_name(pointer) != nil
    let entry = isConfigured ? (try? repository.setting("remote.\(nameOrURL).url")) ?? nil : nil
    try self.init(owning: pointer, named: entry ?? nameOrURL, forPushing: forPushing)
  }

  /// - Parameter named: The URL before git's configuration leads elsewhere.
  init(
    owning pointer: OpaquePointer, named: String, forPushing: Bool = false
  ) throws(GitError) {
    let pushing = forPushing ? git_remote_pushurl(pointer) : nil
    let url = (pushing ?? git_remote_url(pointer)).map { String(cString: $0) } ?? ""
    let address = RemoteAddress(url)
    self.pointer = pointer
    self.address = address
    self.named = RemoteAddress(named)
    folder = RemoteAddress.folder(url)
    label = GitError.withoutUserInformation(url)
    // git would keep it in .git/config and show it in process lists; a callback does neither.
    guard !address.hasPassword else {
      throw GitError(
        .invalidRemote, "the URL of '\(label)' holds a password; give it as a credential")
    }
  }

  deinit {
    git_remote_free(pointer)
  }
}

extension Repository {
  /// The names of the configured remotes, in order.
  public func remoteNames() throws(GitError) -> [String] {
    var list = git_strarray()
    try GitError.check(git_remote_list(&list, pointer), "listing remotes")
    defer { git_strarray_dispose(&list) }
    return (0..<list.count).compactMap { index in
      list.strings[index].map { String(cString: $0) }
    }.sorted()
  }
}

extension Repository {
  /// The URL of a configured remote, without a user's name or password; nil when there is none of
  /// that name.
  public func remoteURL(_ name: String) -> String? {
    guard let remote = try? Remote(name, in: self), remote.label != name else { return nil }
    return remote.label
  }
}

/// A list of strings as libgit2 takes it.
func withStrings(
  _ strings: [String], _ body: (UnsafePointer<git_strarray>) -> Int32
) -> Int32 {
  var copies: [UnsafeMutablePointer<CChar>?] = strings.map { text in
    let bytes = text.utf8CString
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
    for (index, byte) in bytes.enumerated() { (copy + index).initialize(to: byte) }
    return copy
  }
  defer {
    for copy in copies { copy?.deallocate() }
  }
  let count = copies.count
  return copies.withUnsafeMutableBufferPointer { buffer in
    var array = git_strarray(strings: buffer.baseAddress, count: count)
    return body(&array)
  }
}
