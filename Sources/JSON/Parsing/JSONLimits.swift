/// How much one document may ask of the parser. Passing a limit is a ``JSONError`` that names it.
public struct JSONLimits: Hashable, Sendable {
  /// How deep arrays and objects may nest; an array in an object is 2 deep.
  public var depth: Int
  /// How many bytes a document may have.
  public var size: Int

  /// At most 2,048 levels are allowed: reading a tree takes as many levels of the stack.
  ///
  /// Limits of 256 levels and 1 GiB unless told; simdjson itself can't read 4 GiB or more.
  public init(depth: Int = 256, size: Int = 1 << 30) {
    self.depth = min(max(1, depth), 2_048)
    self.size = max(1, min(size, 0xFFFF_FFF0))
  }
}
