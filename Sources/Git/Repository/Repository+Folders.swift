private import CGit2

extension Repository {
  /// Whether there is no working tree.
  public var isBare: Bool { git_repository_is_bare(pointer) == 1 }

  /// Whether history is cut off: some commits' parents are not here.
  public var isShallow: Bool { git_repository_is_shallow(pointer) == 1 }

  /// Whether this is a linked worktree (`git worktree add`) rather than the main one.
  public var isLinkedWorktree: Bool { git_repository_is_worktree(pointer) == 1 }

  /// The root of the working tree, without a trailing slash; nil in a bare repository.
  public var workingDirectory: String? {
    git_repository_workdir(pointer).map { Self.folder($0) }
  }

  /// The repository's own folder (`.git`), without a trailing slash. A linked worktree has its own.
  public var gitDirectory: String { Self.folder(git_repository_path(pointer)) }

  /// The folder that all worktrees of the repository share, without a trailing slash.
  public var commonDirectory: String { Self.folder(git_repository_commondir(pointer)) }

  private static func folder(_ path: UnsafePointer<CChar>?) -> String {
    guard let path else { return "" }
    var text = String(cString: path)
    while text.utf8.count > 1, text.utf8.last == UInt8(ascii: "/") { text.removeLast() }
    return text
  }
}
