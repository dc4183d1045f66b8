internal import CGit2

/// A commit, read.
public struct CommitInfo: Hashable, Sendable {
  /// The commit.
  public let id: ObjectID
  /// Its root tree.
  public let tree: ObjectID
  /// Its parents in order; empty for a root. In a shallow clone they may not be in the repository.
  public let parents: [ObjectID]
  /// Who wrote the change.
  public let author: Signature
  /// Who made the commit.
  public let committer: Signature
  /// The whole message. Bytes that are not UTF-8 come as U+FFFD.
  public let message: String

  /// The first paragraph of the message on one line.
  public var summary: String {
    var words: [Substring] = []
    for line in message.split(separator: "\n", omittingEmptySubsequences: false) {
      let parts = line.split(whereSeparator: \.isWhitespace)
      if parts.isEmpty {
        if words.isEmpty { continue }
        break
      }
      words += parts
    }
    return words.joined(separator: " ")
  }

  /// The `Key: value` lines at the end of the message.
  public var trailers: [Trailer] { Trailer.parse(message) }

  /// The value of the last trailer with a key, compared without regard to case as git does.
  public func trailer(_ key: String) -> String? {
    trailers.last { $0.key.lowercased() == key.lowercased() }?.value
  }
}

extension CommitInfo {
  /// Copies a commit of libgit2.
  init(_ commit: OpaquePointer) {
    id = ObjectID(git_commit_id(commit).pointee)
    tree = ObjectID(git_commit_tree_id(commit).pointee)
    parents = (0..<git_commit_parentcount(commit)).map {
      ObjectID(git_commit_parent_id(commit, $0).pointee)
    }
    author = Signature(git_commit_author(commit))
    committer = Signature(git_commit_committer(commit))
    message = git_commit_message(commit).map { String(cString: $0) } ?? ""
  }
}
