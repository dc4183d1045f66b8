internal import CGit2
private import Synchronization

/// Whose repositories are opened: one's own, and those that `safe.directory` names.
enum Ownership {
  /// libgit2's check of the owner is one switch for the whole process. Whoever opens a repository holds
  /// this lock, so that nobody opens one while another has the check switched off.
  private static let switching = Mutex<Void>(())

  /// Opens a repository as libgit2 does, and honours `safe.directory = *`, which libgit2 1.5 does not know.
  static func open(_ path: String, _ flags: UInt32, into pointer: inout OpaquePointer?) -> Int32 {
    var opened: OpaquePointer?
    let result = switching.withLock { _ -> Int32 in
      let result = git_repository_open_ext(&opened, path, flags, nil)
      let isRefused = result == GIT_EOWNER.rawValue || result == GIT_ENOTFOUND.rawValue
      guard isRefused, trustsEverybody else { return result }
      _ = plumb_git_set_owner_validation(0)
      defer { _ = plumb_git_set_owner_validation(1) }
      return git_repository_open_ext(&opened, path, flags, nil)
    }
    pointer = opened
    return result
  }

  /// Whether the user's or the system's configuration says `safe.directory = *`. As in git, an empty
  /// value takes back what was said before it, and the repository's own configuration has no say.
  private static var trustsEverybody: Bool {
    var configuration: OpaquePointer?
    guard git_config_open_default(&configuration) >= 0 else { return false }
    defer { git_config_free(configuration) }
    var trusts = false
    _ = git_config_get_multivar_foreach(
      configuration, "safe.directory", nil,
      { entry, payload in
        guard let value = entry?.pointee.value, let payload else { return 0 }
        let answer = payload.assumingMemoryBound(to: Bool.self)
        switch String(cString: value) {
        case "*": answer.pointee = true
        case "": answer.pointee = false
        default: break
        }
        return 0
      }, &trusts)
    return trusts
  }
}
