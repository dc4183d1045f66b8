/// Looks for the commits that lines came from, by handing them to older and older commits.
///
/// A commit is a suspect for the lines that its file shares with a child's. Suspects are questioned
/// newest first, so that the lines which reach one by several ways are compared once.
struct BlameSearch {
  /// Lines that stand in a suspect's file, and where they stand in the file that was asked about.
  struct Segment {
    /// Counted from 0.
    var finalStart: Int
    /// Counted from 0.
    var start: Int
    var count: Int
  }

  private struct Suspect: Hashable {
    let commit: ObjectID
    let path: String
  }

  private let repository: Repository
  private let boundary: Set<ObjectID>
  private var queue = CommitQueue()
  private var queued: Set<ObjectID> = []
  private var open: [ObjectID: [String: [Segment]]] = [:]
  private var blamed: [BlamedLines] = []

  init(repository: Repository) throws(GitError) {
    self.repository = repository
    boundary = try repository.shallowBoundary()
  }

  mutating func run(
    _ path: String, at commit: ObjectID, lines: Int
  ) throws(GitError) -> [BlamedLines] {
    guard lines > 0 else { return [] }
    try suspect(commit, path, [Segment(finalStart: 0, start: 0, count: lines)])
    while let commit = queue.removeNewest() {
      queued.remove(commit.id)
      let files = open.removeValue(forKey: commit.id) ?? [:]
      for (path, segments) in files.sorted(by: { $0.key < $1.key }) {
        try question(commit, path, segments)
      }
    }
    return Self.joined(blamed)
  }

  private mutating func suspect(
    _ commit: ObjectID, _ path: String, _ segments: [Segment]
  ) throws(GitError) {
    guard !segments.isEmpty else { return }
    open[commit, default: [:]][path, default: []] += segments
    if queued.insert(commit).inserted { queue.insert(try repository.commit(commit)) }
  }

  /// Hands on what the parents have, and blames the commit for the rest.
  private mutating func question(
    _ commit: CommitInfo, _ path: String, _ segments: [Segment]
  ) throws(GitError) {
    guard let own = try repository.entry(path, inTree: commit.tree)?.id else { return }
    var origins: [(parent: ObjectID, path: String, blob: ObjectID)] = []
    for parent in boundary.contains(commit.id) ? [] : commit.parents {
      if let origin = try origin(of: path, in: commit, parent: parent) {
        origins.append((parent, origin.path, origin.id))
      }
    }
    if let same = origins.first(where: { $0.blob == own }) {
      try suspect(same.parent, same.path, segments)
      return
    }
    var rest = segments
    for origin in origins where !rest.isEmpty {
      let old = try repository.blob(origin.blob)
      let new = try repository.blob(own)
      let comparison = try LineComparison(from: old, to: new)
      let parts = comparison.divide(rest)
      try suspect(origin.parent, origin.path, parts.shared)
      rest = parts.own
    }
    blamed += rest.map {
      BlamedLines(
        lines: $0.finalStart + 1...$0.finalStart + $0.count, commit: commit, path: path,
        originalStart: $0.start + 1)
    }
  }

  private func origin(
    of path: String, in commit: CommitInfo, parent: ObjectID
  ) throws(GitError) -> (path: String, id: ObjectID)? {
    let tree = try repository.tree(at: parent)
    if let entry = try repository.entry(path, inTree: tree) {
      return entry.mode == .tree || entry.mode == .submodule ? nil : (path, entry.id)
    }
    guard let earlier = try repository.pathBeforeRename(to: path, from: tree, to: commit.tree),
      let entry = try repository.entry(earlier, inTree: tree)
    else { return nil }
    return (earlier, entry.id)
  }

  /// In the order of the lines, neighbours of the same origin as one.
  private static func joined(_ parts: [BlamedLines]) -> [BlamedLines] {
    var result: [BlamedLines] = []
    for part in parts.sorted(by: { $0.lines.lowerBound < $1.lines.lowerBound }) {
      if let last = result.last, last.commit.id == part.commit.id, last.path == part.path,
        last.originalStart + last.lines.count == part.originalStart
      {
        result[result.count - 1] = BlamedLines(
          lines: last.lines.lowerBound...part.lines.upperBound, commit: last.commit,
          path: last.path, originalStart: last.originalStart)
      } else {
        result.append(part)
      }
    }
    return result
  }
}
