internal import CGit2

extension Repository {
  /// Writes a commit, with the trees and blobs that it needs, and moves no reference.
  ///
  /// The same draft gives the same id, on any machine. When this returns, the objects are on the disk. A
  /// commit that no reference comes to name is swept up by `git gc` after two weeks; killing the process
  /// at any moment leaves nothing worse behind.
  ///
  /// - Throws: ``GitError`` with `invalidPath`, `pathConflict` (a file where a folder is wanted, or the
  ///   reverse: delete it first), `invalidSignature`, `invalidMessage`, `objectNotFound` for a parent.
  /// - Complexity: Reads and writes the folders that change, and nothing else; all new content is in
  ///   memory at once. A few objects are written one by one, many as one pack.
  public func writeCommit(_ draft: CommitDraft) throws(GitError) -> WrittenCommit {
    let stage = try ObjectStage(for: self)
    var parentTree: ObjectID?
    if let parent = draft.parents.first { parentTree = try self.tree(at: parent) }
    let tree = try stage.repository.makeTree(draft.changes, onto: parentTree)
    let id = try stage.repository.makeCommit(tree: tree, draft)
    try stage.store(in: self)
    return WrittenCommit(id: id, tree: tree)
  }

  private func makeTree(
    _ changes: [TreeChange], onto base: ObjectID?
  ) throws(GitError) -> ObjectID {
    let root = FolderDraft(base: base)
    for change in changes {
      switch change {
      case .put(let file):
        try put(file, at: TreePath.components(of: file.path), into: root)
      case .delete(let path):
        try root.delete(TreePath.components(of: path)[...], in: self)
      case .replace(let folder, let files, let kept):
        let prefix = try TreePath.folderComponents(of: folder)
        try root.clear(prefix[...], in: self, folder)
        for file in files {
          try put(file, at: prefix + TreePath.components(of: file.path), into: root)
        }
        for path in kept {
          let components = try prefix + TreePath.components(of: path)
          let whole = components.joined(separator: "/")
          guard let base, let entry = try entry(whole, inTree: base), entry.mode.isRegularFile
          else { throw GitError(.objectNotFound, "there is no file '\(whole)' to keep") }
          try root.put(entry.id, entry.mode, at: components[...], in: self, whole)
        }
      }
    }
    if let tree = try root.write(in: self) { return tree }
    return try writeEmptyTree()
  }

  /// Writes a blob.
  public func writeBlob(_ contents: [UInt8]) throws(GitError) -> ObjectID {
    var id = git_oid()
    let result = contents.withUnsafeBytes {
      git_odb_write(&id, objects, $0.baseAddress, $0.count, GIT_OBJECT_BLOB)
    }
    try GitError.check(result, "writing a blob of \(contents.count) bytes")
    return noteWritten(id)
  }

  private func put(
    _ file: TreeChange.File, at components: [String], into root: FolderDraft
  ) throws(GitError) {
    guard file.mode.isRegularFile || file.mode == .symbolicLink else {
      throw GitError(
        .invalidPath, "'\(file.path)' can be written as a file or a symbolic link only")
    }
    let path = components.joined(separator: "/")
    try root.put(writeBlob(file.contents), file.mode, at: components[...], in: self, path)
  }

  private func writeEmptyTree() throws(GitError) -> ObjectID {
    var id = git_oid()
    try GitError.check(
      git_odb_write(&id, objects, nil, 0, GIT_OBJECT_TREE), "writing the empty tree")
    return noteWritten(id)
  }

  private func makeCommit(tree: ObjectID, _ draft: CommitDraft) throws(GitError) -> ObjectID {
    guard !draft.message.utf8.contains(0), draft.message.contains(where: { !$0.isWhitespace })
    else {
      throw GitError(.invalidMessage, "the message of a commit must hold some text and no NUL byte")
    }
    let message = draft.message.hasSuffix("\n") ? draft.message : draft.message + "\n"
    let author = try draft.author.makeRaw()
    defer { git_signature_free(author) }
    let committer = try draft.committer.makeRaw()
    defer { git_signature_free(committer) }
    let treePointer = try lookUpTree(tree)
    defer { git_tree_free(treePointer) }
    var parents: [OpaquePointer?] = []
    defer { parents.forEach(git_commit_free) }
    for parent in draft.parents { parents.append(try lookUpCommit(parent)) }

    var id = git_oid()
    let result = git_commit_create(
      &id, pointer, nil, author, committer, nil, message, treePointer, parents.count, &parents)
    try GitError.check(result, "writing a commit")
    return noteWritten(id)
  }

  /// Remembers an object that was written, where it is only staged.
  func noteWritten(_ id: git_oid) -> ObjectID {
    let id = ObjectID(id)
    written?.append(id)
    return id
  }
}
