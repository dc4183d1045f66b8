/// One change to a tree.
///
/// Paths go from the root, separated by `/`. Changes are applied in their order: a later one sees what an
/// earlier one did.
public enum TreeChange: Hashable, Sendable {
  /// A file with its content.
  public struct File: Hashable, Sendable {
    /// The file's path; in ``TreeChange/replace(folder:with:)`` it starts at that folder.
    public var path: String
    /// What is to be in it.
    public var contents: [UInt8]
    /// A regular file, an executable one or a symbolic link.
    public var mode: FileMode

    /// Describes a file.
    public init(path: String, contents: [UInt8], mode: FileMode = .file) {
      self.path = path
      self.contents = contents
      self.mode = mode
    }
  }

  /// Puts a file, with the folders above it; one that is there already is replaced.
  case put(File)
  /// Removes a file or a whole folder. Where there is nothing, nothing happens.
  case delete(path: String)
  /// Makes a folder hold exactly these files, and those at the kept paths below it as they are; what
  /// else was below it goes. The empty path is the root. A path that is kept must be a file's.
  case replace(folder: String, with: [File], keeping: [String] = [])

  /// Puts a file, with the folders above it.
  public static func put(
    path: String, contents: [UInt8], mode: FileMode = .file
  ) -> TreeChange {
    .put(File(path: path, contents: contents, mode: mode))
  }
}
