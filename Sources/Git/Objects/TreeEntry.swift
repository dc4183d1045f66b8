/// One entry of a tree, with its path from the root.
public struct TreeEntry: Hashable, Sendable {
  /// The path from the root of the tree, separated by `/`.
  public let path: String
  /// What the entry is.
  public let mode: FileMode
  /// The blob, the tree, or for a submodule a commit elsewhere.
  public let id: ObjectID
  /// Whether `path` is exactly what the tree says. Names in git are bytes: those that are not UTF-8 are
  /// shown with U+FFFD, and such a path finds nothing when it is looked up. `id` is right all the same.
  public let isPathExact: Bool

  /// Describes an entry.
  public init(path: String, mode: FileMode, id: ObjectID, isPathExact: Bool = true) {
    self.path = path
    self.mode = mode
    self.id = id
    self.isPathExact = isPathExact
  }
}
