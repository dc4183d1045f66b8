internal import CGit2

extension Repository {
  /// The commit that an expression names.
  ///
  /// - Parameter revision: As in [gitrevisions](https://git-scm.com/docs/gitrevisions): `HEAD~2`, `main`,
  ///   `v1.0`, an id or the beginning of one. A tag is followed to its commit.
  /// - Throws: ``GitError`` with `unknownRevision`, `ambiguousRevision`, `emptyRepository` (the current
  ///   branch has no commit yet) or `wrongObjectType`.
  public func resolve(_ revision: String) throws(GitError) -> ObjectID {
    guard !revision.isEmpty, !revision.utf8.contains(0) else {
      throw Self.unknown(revision)
    }
    var object: OpaquePointer?
    let result = git_revparse_single(&object, pointer, revision)
    guard result >= 0, let object else { throw revisionError(result, revision) }
    defer { git_object_free(object) }

    var commit: OpaquePointer?
    let peeled = git_object_peel(&commit, object, GIT_OBJECT_COMMIT)
    guard peeled >= 0, let commit else {
      let type = String(cString: git_object_type2string(git_object_type(object)))
      throw GitError(.wrongObjectType, "'\(revision)' is a \(type), not a commit")
    }
    defer { git_object_free(commit) }
    return ObjectID(git_object_id(commit).pointee)
  }

  private func revisionError(_ result: Int32, _ revision: String) -> GitError {
    switch result {
    case GIT_EAMBIGUOUS.rawValue:
      return GitError(
        .ambiguousRevision,
        "'\(revision)' is the beginning of several objects' ids; write more of it")
    case GIT_ENOTFOUND.rawValue, GIT_EINVALIDSPEC.rawValue, GIT_EUNBORNBRANCH.rawValue:
      if isHeadUnborn, let branch = headBranch, Self.starts(revision, at: branch) {
        return GitError(.emptyRepository, "branch '\(branch)' has no commit yet")
      }
      return Self.unknown(revision)
    default:
      return GitError.fromLibrary(result, context: "resolving '\(revision)'")
    }
  }

  /// Whether an expression begins at the current branch: `HEAD`, `HEAD~2`, `@`, the branch by name.
  private static func starts(_ revision: String, at branch: String) -> Bool {
    let base = revision.prefix { !"~^@:".contains($0) }
    return base.isEmpty && revision.hasPrefix("@") || base == "HEAD" || base == branch
      || base == "refs/heads/" + branch
  }

  private static func unknown(_ revision: String) -> GitError {
    GitError(.unknownRevision, "no revision named '\(revision)' in this repository")
  }
}
