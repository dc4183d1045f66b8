internal import CGit2

/// What an entry of a tree is.
public enum FileMode: Hashable, Sendable {
  /// A regular file.
  case file
  /// A regular file with the executable bit.
  case executable
  /// A symbolic link; the blob is the path it points to.
  case symbolicLink
  /// A folder: another tree.
  case tree
  /// A commit of another repository; its id names nothing in this one.
  case submodule

  /// Whether the entry's id names a blob with a file's content: neither a link, a folder nor a submodule.
  public var isRegularFile: Bool { self == .file || self == .executable }

  init(_ raw: git_filemode_t) {
    switch raw {
    case GIT_FILEMODE_TREE: self = .tree
    case GIT_FILEMODE_BLOB_EXECUTABLE: self = .executable
    case GIT_FILEMODE_LINK: self = .symbolicLink
    case GIT_FILEMODE_COMMIT: self = .submodule
    default: self = .file
    }
  }

  var raw: git_filemode_t {
    switch self {
    case .file: GIT_FILEMODE_BLOB
    case .executable: GIT_FILEMODE_BLOB_EXECUTABLE
    case .symbolicLink: GIT_FILEMODE_LINK
    case .tree: GIT_FILEMODE_TREE
    case .submodule: GIT_FILEMODE_COMMIT
    }
  }
}
