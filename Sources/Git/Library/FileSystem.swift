internal import Glibc

/// The few system calls that libgit2 has no door to.
enum FileSystem {
  /// The text of a small file; nil when it cannot be read.
  static func contents(of path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return readAll(descriptor).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Everything from the descriptor's beginning on; nil when reading fails.
  static func readAll(_ descriptor: Int32) -> [UInt8]? {
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = pread(descriptor, &buffer, buffer.count, off_t(content.count))
      if count < 0 {
        if errno == EINTR { continue }
        return nil
      }
      if count == 0 { return content }
      content += buffer[..<count]
    }
  }

  /// Makes sure that a folder's list of names is on the disk.
  static func synchronizeFolder(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    // A file system that cannot do it for folders has nothing to be told.
    _ = fsync(descriptor)
  }

  /// Makes a folder for this user alone, with those on the way to it.
  static func makeFolder(_ path: String) throws(GitError) {
    guard !path.isEmpty, mkdir(path, 0o700) != 0, errno != EEXIST else { return }
    if errno == ENOENT, let end = path.lastIndex(of: "/") {
      try makeFolder(String(path[..<end]))
      if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    }
    throw GitError(.operatingSystem, "cannot create '\(path)': \(lastReason)")
  }

  /// Removes a folder that this process has just made, with everything in it; links are not followed.
  static func removeFolder(_ path: String) {
    for entry in entries(of: path) {
      if entry.type == S_IFDIR { removeFolder(entry.path) } else { unlink(entry.path) }
    }
    rmdir(path)
  }

  /// The paths of plain files in a folder whose names fit; links are not followed.
  ///
  /// - Parameter isDeep: Whether those in the folders below count too.
  static func files(
    in path: String, isDeep: Bool = false, where fits: (String) -> Bool
  ) -> [String] {
    entries(of: path).flatMap { entry -> [String] in
      switch entry.type {
      case S_IFDIR: isDeep ? files(in: entry.path, isDeep: true, where: fits) : []
      case S_IFREG: fits(entry.name) ? [entry.path] : []
      default: []
      }
    }
  }

  /// What is in a folder, with the type of each; nothing where there is none.
  private static func entries(of path: String) -> [(name: String, path: String, type: mode_t)] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var found: [(name: String, path: String, type: mode_t)] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      let file = path + "/" + name
      var status = stat()
      guard name != ".", name != "..", lstat(file, &status) == 0 else { continue }
      found.append((name, file, status.st_mode & S_IFMT))
    }
    return found
  }

  /// The reason for the last failed system call, in words.
  static var lastReason: String { String(cString: strerror(errno)) }
}
