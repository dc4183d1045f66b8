internal import CGit2

extension Repository {
  /// The root tree of a commit.
  public func tree(at commit: ObjectID) throws(GitError) -> ObjectID {
    let pointer = try lookUpCommit(commit)
    defer { git_commit_free(pointer) }
    return ObjectID(git_commit_tree_id(pointer).pointee)
  }

  /// What stands at a path in a commit; nil when nothing does.
  ///
  /// - Parameter path: From the root, separated by `/`.
  /// - Complexity: One tree read per component of the path.
  public func entry(_ path: String, at commit: ObjectID) throws(GitError) -> TreeEntry? {
    try entry(path, inTree: tree(at: commit))
  }

  /// What stands at a path in a tree; nil when nothing does.
  public func entry(_ path: String, inTree tree: ObjectID) throws(GitError) -> TreeEntry? {
    let root = try lookUpTree(tree)
    defer { git_tree_free(root) }
    var entry: OpaquePointer?
    let result = git_tree_entry_bypath(&entry, root, try TreePath.forLookup(path))
    if result == GIT_ENOTFOUND.rawValue { return nil }
    try GitError.check(result, "looking up '\(path)'")
    defer { git_tree_entry_free(entry) }
    return TreeEntry(
      path: path, mode: FileMode(git_tree_entry_filemode(entry)),
      id: ObjectID(git_tree_entry_id(entry).pointee))
  }

  /// What stands in a tree itself: files and folders, each with its name for a path, in git's order.
  public func entries(ofTree tree: ObjectID) throws(GitError) -> [TreeEntry] {
    try children(of: tree).map {
      TreeEntry(pathBytes: $0.name.bytes, mode: $0.mode, id: $0.id)
    }
  }

  /// The same by the bytes of the names, by which git tells them apart.
  func children(
    of tree: ObjectID
  ) throws(GitError) -> [(name: TreeName, mode: FileMode, id: ObjectID)] {
    let pointer = try lookUpTree(tree)
    defer { git_tree_free(pointer) }
    return (0..<git_tree_entrycount(pointer)).map { index in
      let raw = git_tree_entry_byindex(pointer, index)
      return (
        TreeName(raw), FileMode(git_tree_entry_filemode(raw)),
        ObjectID(git_tree_entry_id(raw).pointee)
      )
    }
  }

  /// Every file below a folder of a commit.
  ///
  /// - Parameters:
  ///   - folder: From the root, separated by `/`; empty for the whole tree. A file's path gives that file.
  ///   - commit: The commit.
  ///   - included: Which entries to take. It sees files, links and submodules; folders are walked
  ///     always, and are not in the result.
  ///   - limit: How many entries are looked at, folders counted: a few trees that name one another
  ///     stand for billions of files.
  /// - Returns: The entries in git's order (by the bytes of the names, a folder as if it ended in `/`).
  /// - Throws: ``GitError`` with `pathNotFound` when the commit has no such path, with `tooLarge` when the
  ///   limit is passed.
  /// - Complexity: One tree read per folder; no blob is read.
  public func files(
    under folder: String = "", at commit: ObjectID, limit: Int = 1_000_000,
    where included: (TreeEntry) -> Bool = { _ in true }
  ) throws(GitError) -> [TreeEntry] {
    var found: [TreeEntry] = []
    var budget = limit
    guard !folder.isEmpty else {
      try walk(tree(at: commit), path: [], included, into: &found, limit: limit, &budget)
      return found
    }
    guard let start = try entry(folder, at: commit) else {
      throw GitError(.pathNotFound, "there is no '\(folder)' in commit \(commit.shortHex)")
    }
    if start.mode == .tree {
      try walk(
        start.id, path: Array(folder.utf8), included, into: &found, limit: limit, &budget)
    } else if included(start) {
      found.append(start)
    }
    return found
  }

  private func walk(
    _ tree: ObjectID, path: [UInt8], _ included: (TreeEntry) -> Bool,
    into found: inout [TreeEntry], limit: Int, _ budget: inout Int
  ) throws(GitError) {
    let pointer = try lookUpTree(tree)
    defer { git_tree_free(pointer) }
    for index in 0..<git_tree_entrycount(pointer) {
      budget -= 1
      guard budget >= 0, path.count <= 4_096 else {
        let shown = String(decoding: path.prefix(60), as: UTF8.self)
        throw GitError(
          .tooLarge,
          budget < 0
            ? "the tree has more than \(limit) entries below its folders (near '\(shown)')"
            : "a folder's path is longer than 4096 bytes (it begins '\(shown)')")
      }
      let raw = git_tree_entry_byindex(pointer, index)
      let full =
        path.isEmpty ? TreeName(raw).bytes : path + [UInt8(ascii: "/")] + TreeName(raw).bytes
      let mode = FileMode(git_tree_entry_filemode(raw))
      let id = ObjectID(git_tree_entry_id(raw).pointee)
      if mode == .tree {
        try walk(id, path: full, included, into: &found, limit: limit, &budget)
      } else {
        let entry = TreeEntry(pathBytes: full, mode: mode, id: id)
        if included(entry) { found.append(entry) }
      }
    }
  }

  func lookUpCommit(_ id: ObjectID) throws(GitError) -> OpaquePointer {
    var pointer: OpaquePointer?
    var raw = id.raw
    let result = git_commit_lookup(&pointer, self.pointer, &raw)
    guard result >= 0, let pointer else { throw lookUpError(result, id, "commit") }
    return pointer
  }

  func lookUpTree(_ id: ObjectID) throws(GitError) -> OpaquePointer {
    var pointer: OpaquePointer?
    var raw = id.raw
    let result = git_tree_lookup(&pointer, self.pointer, &raw)
    guard result >= 0, let pointer else { throw lookUpError(result, id, "tree") }
    return pointer
  }

  /// Tells an object that is missing from one of another type, which libgit2 does not.
  func lookUpError(_ result: Int32, _ id: ObjectID, _ wanted: String) -> GitError {
    let context = "reading \(wanted) \(id.hex)"
    guard result >= GIT_ERROR.rawValue || result == GIT_ENOTFOUND.rawValue else {
      return GitError.fromLibrary(result, context: context)
    }
    let original = GitError.fromLibrary(result, context: context)
    var raw = id.raw
    var size = 0
    var type = GIT_OBJECT_INVALID
    guard git_odb_read_header(&size, &type, objects, &raw) >= 0 else {
      let isMissing = git_odb_exists(objects, &raw) == 0
      return isMissing
        ? GitError(.objectNotFound, "no object \(id.hex) in this repository", context: context)
        : original
    }
    let name = String(cString: git_object_type2string(type))
    guard name != wanted else { return original }
    return GitError(
      .wrongObjectType, "object \(id.hex) is a \(name), not a \(wanted)", context: context)
  }
}
