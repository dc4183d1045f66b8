/// Two trees walked side by side; folders with the same id are not opened.
struct TreeComparison {
  private typealias Child = (name: TreeName, mode: FileMode, id: ObjectID)

  let repository: Repository
  private(set) var differences: [TreeDifference] = []

  init(repository: Repository) {
    self.repository = repository
  }

  /// Compares two trees (nil: no tree at all) that stand at a path.
  mutating func compare(_ old: ObjectID?, _ new: ObjectID?, at path: [UInt8]) throws(GitError) {
    guard old != new else { return }
    let olds = try old.map { id throws(GitError) in try repository.children(of: id) } ?? []
    let news = try new.map { id throws(GitError) in try repository.children(of: id) } ?? []
    // Git sorts a folder as if its name ended in "/", so that a file and a folder of the same name may
    // stand apart: sorted by the bare name they meet.
    var left = olds.sorted { $0.name < $1.name }[...]
    var right = news.sorted { $0.name < $1.name }[...]
    while let name = [left.first?.name, right.first?.name].compactMap({ $0 }).min() {
      let oldChild = left.first.flatMap { $0.name == name ? $0 : nil }
      let newChild = right.first.flatMap { $0.name == name ? $0 : nil }
      if oldChild != nil { left.removeFirst() }
      if newChild != nil { right.removeFirst() }
      let full = path.isEmpty ? name.bytes : path + [UInt8(ascii: "/")] + name.bytes
      try compare(oldChild, newChild, at: full)
    }
  }

  private mutating func compare(_ old: Child?, _ new: Child?, at path: [UInt8]) throws(GitError) {
    if let old, let new, old.id == new.id, old.mode == new.mode { return }
    let oldTree = old.flatMap { $0.mode == .tree ? $0.id : nil }
    let newTree = new.flatMap { $0.mode == .tree ? $0.id : nil }
    let oldFile = old.flatMap { $0.mode == .tree ? nil : $0 }.map { entry($0, at: path) }
    let newFile = new.flatMap { $0.mode == .tree ? nil : $0 }.map { entry($0, at: path) }
    switch (oldFile, newFile) {
    case (let oldFile?, let newFile?): differences.append(.modified(from: oldFile, to: newFile))
    case (let oldFile?, nil): differences.append(.deleted(oldFile))
    case (nil, let newFile?): differences.append(.added(newFile))
    case (nil, nil): break
    }
    if oldTree != nil || newTree != nil { try compare(oldTree, newTree, at: path) }
  }

  private func entry(_ child: Child, at path: [UInt8]) -> TreeEntry {
    TreeEntry(pathBytes: path, mode: child.mode, id: child.id)
  }
}

extension Repository {
  /// The files, links and submodules in which two commits differ, in the order of their paths.
  ///
  /// - Parameters:
  ///   - old: The commit to start from; nil for the empty tree.
  ///   - new: The commit to arrive at.
  ///   - path: Compares only what stands at or below this path; empty for everything.
  /// - Returns: Empty when nothing differs. A file that took the place of a folder is an addition beside
  ///   the deletions below it. Renames are a deletion and an addition.
  /// - Complexity: Reads the folders that differ, and no blob.
  public func diff(
    from old: ObjectID?, to new: ObjectID, under path: String = ""
  ) throws(GitError) -> [TreeDifference] {
    let oldTree = try old.map { commit throws(GitError) in try tree(at: commit) }
    return try diff(fromTree: oldTree, toTree: tree(at: new), under: path)
  }

  /// As ``diff(from:to:under:)``, for two trees.
  public func diff(
    fromTree old: ObjectID?, toTree new: ObjectID?, under path: String = ""
  ) throws(GitError) -> [TreeDifference] {
    var comparison = TreeComparison(repository: self)
    guard !path.isEmpty else {
      try comparison.compare(old, new, at: [])
      return comparison.differences
    }
    let oldEntry = try old.flatMap { tree throws(GitError) in try entry(path, inTree: tree) }
    let newEntry = try new.flatMap { tree throws(GitError) in try entry(path, inTree: tree) }
    try comparison.compare(oldEntry, newEntry, at: Array(path.utf8))
    return comparison.differences
  }
}

extension TreeComparison {
  fileprivate mutating func compare(
    _ old: TreeEntry?, _ new: TreeEntry?, at path: [UInt8]
  ) throws(GitError) {
    let name = TreeName(bytes: path)
    try compare(
      old.map { Child(name: name, mode: $0.mode, id: $0.id) },
      new.map { Child(name: name, mode: $0.mode, id: $0.id) }, at: path)
  }
}
