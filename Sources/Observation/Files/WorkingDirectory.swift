internal import CFiles
private import Foundation
package import Posture

/// Files below one folder; a path that leads out of it, by `..` or by a symbolic link, is refused.
package struct WorkingDirectory: RepositoryFiles {
  private let root: String

  /// - Parameter root: The repository's root, absolute.
  package init(root: String) { self.root = root }

  /// Where a file or folder lies, with every link on the way resolved.
  ///
  /// - Throws: ``Fault`` when nothing is there, or the path leads out of the folder.
  package func location(of path: String) throws(Fault) -> String? {
    let resolved = try resolve(root + "/" + path, named: path)
    // What lies there by its own name does so whatever the root's is.
    if resolved.hasPrefix(root + "/") { return resolved }
    let rootPath = try resolve(root, named: root)
    guard resolved == rootPath || resolved.hasPrefix(rootPath + "/") else {
      throw Fault(.misconfigured, "\(path) leads out of the repository")
    }
    return resolved
  }

  package func open(_ path: String) throws(Fault) -> OpenFile? {
    guard let location = try location(of: path) else { return nil }
    return try open(path, at: location)
  }

  private func open(_ path: String, at location: String) throws(Fault) -> OpenFile {
    // A pipe must not hold the reader up before it is known for one.
    let file = Foundation.open(location, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { throw Fault(.failed, "\(path) cannot be read") }
    return try OpenFile(descriptor: file, name: path)
  }

  package func contents(of path: String, limit: Int) throws(Fault) -> [UInt8] {
    try open(path)?.contents(limit: limit) ?? []
  }

  package func names(in folder: String) throws(Fault) -> [String]? {
    guard let location = try location(of: folder) else { return nil }
    return try? FileManager.default.contentsOfDirectory(atPath: location).sorted()
  }

  /// What lies below a folder, at any depth, and has a name that passes: by its path from the root, in no order, with
  /// whether it is a plain file. Links are told, and not followed; a folder that cannot be read has nothing.
  package func walk(
    _ folder: String, where isWanted: (String) -> Bool
  ) -> [(path: String, isPlain: Bool)] {
    var found: [(path: String, isPlain: Bool)] = []
    var folders = [folder]
    while let folder = folders.popLast() {
      guard let stream = opendir(folder.isEmpty ? root : "\(root)/\(folder)") else { continue }
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) {
          String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
        guard name != ".", name != ".." else { continue }
        let path = folder.isEmpty ? name : "\(folder)/\(name)"
        var mode = UInt32(entry.pointee.d_type) << 12
        // Some file systems leave it to be asked.
        if mode == 0, plumb_entry(dirfd(stream), name, &mode) != 0 { continue }
        if mode & S_IFMT == S_IFDIR { folders.append(path) }
        if isWanted(name) { found.append((path: path, isPlain: mode & S_IFMT == S_IFREG)) }
      }
    }
    return found
  }

  /// The content of a plain file that ``walk(_:where:)`` found: no link is on the way to it from the folder.
  package func contents(ofFound path: String, limit: Int) throws(Fault) -> [UInt8] {
    try open(path, at: "\(root)/\(path)").contents(limit: limit)
  }

  private func resolve(_ path: String, named name: String) throws(Fault) -> String {
    guard let resolved = realpath(path, nil) else {
      throw errno == ENOENT || errno == ENOTDIR
        ? Fault(.misconfigured, "\(name) does not exist")
        : Fault(.failed, "\(name): \(String(cString: strerror(errno)))")
    }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
