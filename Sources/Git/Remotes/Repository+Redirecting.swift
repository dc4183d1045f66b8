internal import CGit2

extension Repository {
  /// Where git's configuration leads a URL: of all `url.<base>.insteadOf` that it begins with, the longest counts, and for
  /// pushing `url.<base>.pushInsteadOf` before that (gitconfig(5)).
  ///
  /// libgit2 would do the same, and not give back what its search by pattern takes: some 20 KiB for each entry of the
  /// configuration, at each look, which a process that runs for weeks does not bear.
  func redirected(_ url: String, forPushing: Bool) throws(GitError) -> String {
    var bases = try bases(named: forPushing ? "pushinsteadof" : "insteadof", of: url)
    if bases.isEmpty, forPushing { bases = try self.bases(named: "insteadof", of: url) }
    // Of the same length the first that is configured, as git takes it.
    guard let best = bases.max(by: { $0.beginning.utf8.count < $1.beginning.utf8.count }) else {
      return url
    }
    return best.base + url.dropFirst(best.beginning.count)
  }

  private func bases(
    named variable: String, of url: String
  ) throws(GitError) -> [(base: String, beginning: String)] {
    var configuration: OpaquePointer?
    try GitError.check(
      git_repository_config_snapshot(&configuration, pointer), "reading the configuration")
    defer { git_config_free(configuration) }
    var iterator: OpaquePointer?
    try GitError.check(
      git_config_iterator_new(&iterator, configuration), "reading the configuration")
    defer { git_config_iterator_free(iterator) }
    var found: [(base: String, beginning: String)] = []
    var entry: UnsafeMutablePointer<git_config_entry>?
    while true {
      let result = git_config_next(&entry, iterator)
      if result == GIT_ITEROVER.rawValue { return found }
      try GitError.check(result, "reading the configuration")
      guard let item = entry?.pointee, let name = item.name.map({ String(cString: $0) }),
        name.hasPrefix("url."), name.hasSuffix("." + variable), let value = item.value
      else { continue }
      let beginning = String(cString: value)
      if !beginning.isEmpty, url.hasPrefix(beginning) {
        found.append((String(name.dropFirst(4).dropLast(variable.count + 1)), beginning))
      }
    }
  }
}
