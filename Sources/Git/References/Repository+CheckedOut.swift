internal import CGit2
internal import Text

extension Repository {
  /// The working trees in which a branch is checked out; empty when it is in none.
  ///
  /// - Parameter name: The full name: `refs/heads/main`. A branch without a commit counts too.
  /// - Returns: The folders, without trailing slashes.
  public func workingDirectories(of name: String) throws(GitError) -> [String] {
    var found: [String] = []
    if try hasMainWorkingTree(), head(in: commonDirectory) == name {
      found.append(mainWorkingDirectory)
    }
    var worktrees = git_strarray()
    try GitError.check(git_worktree_list(&worktrees, pointer), "listing worktrees")
    defer { git_strarray_dispose(&worktrees) }
    for index in 0..<worktrees.count {
      guard let raw = worktrees.strings[index] else { continue }
      let folder = commonDirectory + "/worktrees/" + String(cString: raw)
      guard head(in: folder) == name else { continue }
      let gitFile = FileSystem.contents(of: folder + "/gitdir")?.trimmed
      found.append(gitFile.map(Self.parent) ?? folder)
    }
    return found
  }

  func refuseCheckedOut(_ name: String) throws(GitError) {
    guard name.hasPrefix("refs/heads/") else { return }
    guard let folder = try workingDirectories(of: name).first else { return }
    throw GitError(
      .checkedOutReference,
      "branch '\(name.dropFirst("refs/heads/".count))' is checked out in '\(folder)'",
      context: "updating '\(name)'")
  }

  private func hasMainWorkingTree() throws(GitError) -> Bool {
    guard isLinkedWorktree else { return !isBare }
    return try setting("core.bare") != "true"
  }

  private var mainWorkingDirectory: String {
    if !isLinkedWorktree, let workingDirectory { return workingDirectory }
    return Self.parent(of: commonDirectory)
  }

  /// The branch that a `HEAD` names, unread: libgit2 tells only the `HEAD` of the opened worktree.
  private func head(in folder: String) -> String? {
    guard let text = FileSystem.contents(of: folder + "/HEAD")?.trimmed,
      text.hasPrefix("ref:")
    else { return nil }
    return text.dropFirst("ref:".count).trimmed
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return path }
    return String(path[..<slash])
  }
}
