internal import CGit2

/// A folder with changes on top of a tree that is in the repository.
///
/// Folders without a change are never opened, so that a commit costs what it changes. A class, because
/// ten thousand files put into one folder must not copy its list ten thousand times.
final class FolderDraft {
  private enum Child {
    case removed
    case file(ObjectID, FileMode)
    case folder(FolderDraft)
  }

  /// The tree that the changes are made to; nil for an empty folder.
  private var base: ObjectID?
  private var children: [TreeName: Child] = [:]
  /// The base's entries, once one of them was asked for.
  private var baseChildren: [TreeName: Child]?

  init(base: ObjectID?) {
    self.base = base
  }

  /// Puts a blob at a path.
  func put(
    _ blob: ObjectID, _ mode: FileMode, at path: ArraySlice<String>, in repository: Repository,
    _ whole: String
  ) throws(GitError) {
    guard let first = path.first else { return }
    let name = TreeName(first)
    if path.count == 1 {
      switch try child(name, in: repository) {
      case .folder: throw Self.conflict(whole, "'\(first)' is a folder there")
      case .file, .removed, nil: children[name] = .file(blob, mode)
      }
      return
    }
    let folder = try openFolder(name, in: repository, whole)
    try folder.put(blob, mode, at: path.dropFirst(), in: repository, whole)
    children[name] = .folder(folder)
  }

  /// Removes what stands at a path, if anything does.
  func delete(
    _ path: ArraySlice<String>, in repository: Repository
  ) throws(GitError) {
    guard let first = path.first else { return }
    let name = TreeName(first)
    guard let child = try child(name, in: repository) else { return }
    if path.count == 1 {
      children[name] = .removed
    } else if case .folder(let folder) = child {
      try folder.delete(path.dropFirst(), in: repository)
      children[name] = .folder(folder)
    }
  }

  /// Empties a folder, which need not exist.
  func clear(
    _ path: ArraySlice<String>, in repository: Repository, _ whole: String
  ) throws(GitError) {
    guard let first = path.first else {
      base = nil
      baseChildren = nil
      children = [:]
      return
    }
    let name = TreeName(first)
    let folder = try openFolder(name, in: repository, whole)
    try folder.clear(path.dropFirst(), in: repository, whole)
    children[name] = .folder(folder)
  }

  /// Writes the trees that changed.
  ///
  /// - Returns: The folder's tree; nil when nothing is left in it, for git keeps no empty folders.
  func write(in repository: Repository) throws(GitError) -> ObjectID? {
    guard !children.isEmpty else { return base }
    var source: OpaquePointer?
    if let base { source = try repository.lookUpTree(base) }
    defer { git_tree_free(source) }
    var builder: OpaquePointer?
    try GitError.check(
      git_treebuilder_new(&builder, repository.pointer, source), "writing a tree")
    defer { git_treebuilder_free(builder) }

    for (name, child) in children.sorted(by: { $0.key < $1.key }) {
      switch child {
      case .removed: try Self.remove(name, from: builder)
      case .file(let id, let mode): try Self.insert(name, id, mode, into: builder)
      case .folder(let folder):
        if let tree = try folder.write(in: repository) {
          try Self.insert(name, tree, .tree, into: builder)
        } else {
          try Self.remove(name, from: builder)
        }
      }
    }
    guard git_treebuilder_entrycount(builder) > 0 else { return nil }
    var id = git_oid()
    try GitError.check(git_treebuilder_write(&id, builder), "writing a tree")
    return repository.noteWritten(id)
  }

  /// What stands under a name: a change made before, or the base's entry; nil when nothing does.
  private func child(_ name: TreeName, in repository: Repository) throws(GitError) -> Child? {
    if let changed = children[name] {
      if case .removed = changed { return nil }
      return changed
    }
    if baseChildren == nil { baseChildren = try Self.children(of: base, in: repository) }
    return baseChildren?[name]
  }

  private static func children(
    of base: ObjectID?, in repository: Repository
  ) throws(GitError) -> [TreeName: Child] {
    guard let base else { return [:] }
    let tree = try repository.lookUpTree(base)
    defer { git_tree_free(tree) }
    var found: [TreeName: Child] = [:]
    for index in 0..<git_tree_entrycount(tree) {
      let entry = git_tree_entry_byindex(tree, index)
      let id = ObjectID(git_tree_entry_id(entry).pointee)
      let mode = FileMode(git_tree_entry_filemode(entry))
      found[TreeName(entry)] = mode == .tree ? .folder(FolderDraft(base: id)) : .file(id, mode)
    }
    return found
  }

  private func openFolder(
    _ name: TreeName, in repository: Repository, _ whole: String
  ) throws(GitError) -> FolderDraft {
    switch try child(name, in: repository) {
    case .folder(let folder): return folder
    case .removed, nil: return FolderDraft(base: nil)
    case .file:
      let text = String(decoding: name.bytes, as: UTF8.self)
      throw Self.conflict(whole, "'\(text)' is not a folder there")
    }
  }

  private static func conflict(_ path: String, _ reason: String) -> GitError {
    GitError(.pathConflict, "'\(path)' cannot be written: \(reason)")
  }

  private static func insert(
    _ name: TreeName, _ id: ObjectID, _ mode: FileMode, into builder: OpaquePointer?
  ) throws(GitError) {
    var raw = id.raw
    let text = String(decoding: name.bytes, as: UTF8.self)
    try GitError.check(
      git_treebuilder_insert(nil, builder, text, &raw, mode.raw), "writing '\(text)' into a tree",
      mapping: [GIT_ERROR.rawValue: .invalidPath])
  }

  private static func remove(
    _ name: TreeName, from builder: OpaquePointer?
  ) throws(GitError) {
    let text = String(decoding: name.bytes, as: UTF8.self)
    guard git_treebuilder_get(builder, text) != nil else { return }
    try GitError.check(
      git_treebuilder_remove(builder, text), "removing '\(text)' from a tree")
  }
}
