private import CGit2

extension Repository {
  /// The path that a file had before a commit gave it another one; nil when it was new.
  ///
  /// As git does: half of the content must be the same.
  func pathBeforeRename(
    to path: String, from old: ObjectID, to new: ObjectID
  ) throws(GitError) -> String? {
    let oldTree = try lookUpTree(old)
    defer { git_tree_free(oldTree) }
    let newTree = try lookUpTree(new)
    defer { git_tree_free(newTree) }
    var diff: OpaquePointer?
    try GitError.check(
      git_diff_tree_to_tree(&diff, pointer, oldTree, newTree, nil), "looking for renamed files")
    defer { git_diff_free(diff) }
    var options = git_diff_find_options()
    try GitError.check(
      git_diff_find_options_init(&options, UInt32(GIT_DIFF_FIND_OPTIONS_VERSION)),
      "looking for renamed files")
    options.flags = GIT_DIFF_FIND_RENAMES.rawValue
    try GitError.check(git_diff_find_similar(diff, &options), "looking for renamed files")
    for index in 0..<git_diff_num_deltas(diff) {
      guard let delta = git_diff_get_delta(diff, index)?.pointee,
        delta.status == GIT_DELTA_RENAMED, let newPath = delta.new_file.path,
        String(cString: newPath) == path, let oldPath = delta.old_file.path
      else { continue }
      return String(cString: oldPath)
    }
    return nil
  }
}
