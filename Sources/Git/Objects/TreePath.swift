/// The rules for paths in a tree.
enum TreePath {
  /// Checks a path and takes it apart.
  ///
  /// - Throws: ``GitError`` with `invalidPath` for an absolute path, an empty component, `.`, `..`, a NUL
  ///   byte, and any spelling of `.git` that a file system could take for it: no tree of ours holds them.
  static func components(of path: String) throws(GitError) -> [String] {
    let components = path.utf8.split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false
    ).map { String(Substring($0)) }
    for component in components {
      let refused =
        component.isEmpty || component == "." || component == ".."
        || component.utf8.contains(0) || component.utf8.contains(UInt8(ascii: "\\"))
        || component.utf8.count > 255 || looksLikeRepository(component)
      guard !refused else {
        throw GitError(.invalidPath, "'\(path)' cannot be a path in a tree")
      }
    }
    return components
  }

  /// As ``components(of:)``, with the empty path for the root.
  static func folderComponents(of path: String) throws(GitError) -> [String] {
    path.isEmpty ? [] : try components(of: path)
  }

  /// A path that can at least be handed to libgit2 for a look-up: it cannot hold NUL bytes.
  static func forLookup(_ path: String) throws(GitError) -> String {
    guard !path.utf8.contains(0) else {
      throw GitError(.invalidPath, "the path holds a NUL byte")
    }
    return path
  }

  /// `.git` itself, its short name on Windows, and the spellings that HFS+ and NTFS fold into it.
  private static func looksLikeRepository(_ component: String) -> Bool {
    var name = component.unicodeScalars.filter { !isIgnoredByFileSystems($0) }
    while let last = name.last, last == "." || last == " " { name.removeLast() }
    let folded = String(String.UnicodeScalarView(name)).lowercased()
    return folded == ".git" || folded == "git~1" || folded.hasPrefix(".git:")
  }

  /// The zero-width code points that HFS+ leaves out when it compares names.
  private static func isIgnoredByFileSystems(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200C...0x200F, 0x202A...0x202E, 0x206A...0x206F, 0xFEFF: true
    default: false
    }
  }
}
