/// One path at which two trees differ.
public struct TreeDifference: Hashable, Sendable {
  /// What happened to a path on the way from the old tree to the new one.
  public enum Kind: Hashable, Sendable {
    /// Only the new tree has it.
    case added
    /// Both have it, with another content or another mode.
    case modified
    /// Only the old tree has it.
    case deleted
  }

  /// What the old tree has; nil when added.
  public let old: TreeEntry?
  /// What the new tree has; nil when deleted.
  public let new: TreeEntry?

  /// The path that differs.
  public var path: String { (new ?? old)?.path ?? "" }

  /// What happened.
  public var kind: Kind {
    switch (old, new) {
    case (nil, _): .added
    case (_, nil): .deleted
    default: .modified
    }
  }

  private init(old: TreeEntry?, new: TreeEntry?) {
    self.old = old
    self.new = new
  }

  /// An entry that only the new tree has.
  public static func added(_ entry: TreeEntry) -> TreeDifference {
    TreeDifference(old: nil, new: entry)
  }

  /// An entry that only the old tree has.
  public static func deleted(_ entry: TreeEntry) -> TreeDifference {
    TreeDifference(old: entry, new: nil)
  }

  /// A path that both trees have, unlike.
  public static func modified(from old: TreeEntry, to new: TreeEntry) -> TreeDifference {
    TreeDifference(old: old, new: new)
  }
}
