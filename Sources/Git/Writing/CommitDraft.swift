/// A commit that is still to be written.
public struct CommitDraft: Hashable, Sendable {
  /// The commits that it follows; empty for a root. The changes are made to the first one's tree.
  public var parents: [ObjectID]
  /// What changes, in order.
  public var changes: [TreeChange]
  /// Who wrote the change.
  public var author: Signature
  /// Who makes the commit.
  public var committer: Signature
  /// The message. A missing newline at its end is added; nothing else is touched.
  public var message: String

  /// Describes a commit.
  public init(
    parents: [ObjectID], changes: [TreeChange], author: Signature, committer: Signature,
    message: String
  ) {
    self.parents = parents
    self.changes = changes
    self.author = author
    self.committer = committer
    self.message = message
  }
}

/// A commit that was written; no reference points to it yet.
public struct WrittenCommit: Hashable, Sendable {
  /// The commit.
  public let id: ObjectID
  /// Its root tree: the first parent's own where nothing changes.
  public let tree: ObjectID
}
