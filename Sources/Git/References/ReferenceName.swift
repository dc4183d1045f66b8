private import CGit2

/// The rules for names of references.
public enum ReferenceName {
  /// Checks a full name by git's rules (`git check-ref-format`).
  ///
  /// - Throws: ``GitError`` with `invalidReferenceName`, also for a name outside `refs/`: `HEAD` and its
  ///   kin are not ours to move.
  public static func validate(_ name: String) throws(GitError) {
    var valid: Int32 = 0
    let hasNul = name.utf8.contains(0)
    if !hasNul { _ = git_reference_name_is_valid(&valid, name) }
    guard valid == 1 else {
      throw GitError(.invalidReferenceName, "'\(name)' is not a valid name of a reference")
    }
    guard name.hasPrefix("refs/") else {
      throw GitError(.invalidReferenceName, "'\(name)' does not begin with 'refs/'")
    }
  }
}
