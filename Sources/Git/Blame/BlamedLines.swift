/// Lines of a file that came from one commit.
public struct BlamedLines: Hashable, Sendable {
  /// The lines in the file as it is now, counted from 1.
  public let lines: ClosedRange<Int>
  /// The commit that brought them in; its author is who wrote them.
  public let commit: CommitInfo
  /// The file's path in that commit, another one if it was renamed since.
  public let path: String
  /// The first of the lines in that commit's file, counted from 1.
  public let originalStart: Int
}

extension Repository {
  /// Who wrote each line of a file, and when.
  ///
  /// Lines are followed through merges to the parent that has them, and through renames of the whole file.
  /// In a shallow clone the lines that are older than its boundary are blamed on the boundary.
  ///
  /// - Returns: In the order of the lines, without gaps; empty for an empty file.
  /// - Throws: ``GitError`` with `pathNotFound`, `wrongObjectType` for a folder, `tooLarge`.
  /// - Complexity: Reads history down to the oldest line; compares the file once for each commit in
  ///   which it changed.
  public func blame(_ path: String, at commit: ObjectID) throws(GitError) -> [BlamedLines] {
    guard let contents = try contents(of: path, at: commit) else {
      throw GitError(.pathNotFound, "there is no '\(path)' in commit \(commit.shortHex)")
    }
    let count = contents.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).count
    let endsInNewline = contents.last == UInt8(ascii: "\n") || contents.isEmpty
    var search = try BlameSearch(repository: self)
    return try search.run(path, at: commit, lines: endsInNewline ? count - 1 : count)
  }
}
