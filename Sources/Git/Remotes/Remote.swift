internal import CGit2

/// A handle on a remote, for the time of one operation.
struct Remote: ~Copyable {
  let pointer: OpaquePointer
  let address: RemoteAddress
  /// What to call it in messages: never with a user's name or password.
  let label: String

  /// Finds the configured remote of that name; otherwise takes the text for a URL or a path.
  init(_ nameOrURL: String, in repository: Repository) throws(GitError) {
    guard !nameOrURL.isEmpty, !nameOrURL.utf8.contains(0) else {
      throw GitError(.invalidRemote, "a remote needs a name, a URL or a path")
    }
    var pointer: OpaquePointer?
    var result = git_remote_lookup(&pointer, repository.pointer, nameOrURL)
    if result == GIT_ENOTFOUND.rawValue || result == GIT_EINVALIDSPEC.rawValue {
      result = git_remote_create_anonymous(&pointer, repository.pointer, nameOrURL)
    }
    guard result >= 0, let pointer else {
      throw GitError.fromLibrary(
        result, context: "opening remote '\(GitError.withoutUserInformation(nameOrURL))'",
        mapping: [GIT_EINVALIDSPEC.rawValue: .invalidRemote])
    }
    try self.init(owning: pointer)
  }

  init(owning pointer: OpaquePointer) throws(GitError) {
    let url = git_remote_url(pointer).map { String(cString: $0) } ?? ""
    let address = RemoteAddress(url)
    self.pointer = pointer
    self.address = address
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
