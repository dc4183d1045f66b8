/// One document of a stream.
public struct Document: Sendable {
  /// The document's node; a null scalar when the document is empty.
  public let root: Node
  /// Which document of its file it is, from 0.
  public let index: Int

  /// Where the root begins.
  public var mark: Mark { root.mark }

  /// The file's name as it was given to the parser.
  public var file: String { root.file }

  /// Whether nothing is written in it: two `---` in a row, or one at the end.
  public var isEmpty: Bool { root.scalar == "" && root.style == .plain && root.tag == nil }
}
