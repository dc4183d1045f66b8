/// How much a file may ask for. Files come from pull requests: every bound has a number, and passing
/// it is an error that names it.
public struct YAMLLimits: Sendable, Hashable {
  /// Bytes of a file.
  public var bytes = 4 * 1024 * 1024
  /// Collections inside one another, aliases followed.
  public var depth = 64
  /// Documents of a file.
  public var documents = 10_000
  /// Scalars, lists and mappings of a file, as they are written.
  public var nodes = 500_000
  /// Nodes that a file's aliases stand for, all together.
  public var aliasNodes = 100_000
  /// Bytes of one scalar.
  public var scalarBytes = 1024 * 1024
  /// Diagnostics of a file; the rest is left out, with a note.
  public var diagnostics = 100

  /// The defaults.
  public init() {}
}
