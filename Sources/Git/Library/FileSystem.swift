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
    guard let folder = opendir(path) else { return }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name != ".", name != ".." else { continue }
      let file = path + "/" + name
      var status = stat()
      guard lstat(file, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR { removeFolder(file) } else { unlink(file) }
    }
    closedir(folder)
    rmdir(path)
  }

  /// The paths of files in a folder and those below it whose names fit; links are not followed.
  static func files(below path: String, where fits: (String) -> Bool) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var found: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name != ".", name != ".." else { continue }
      let file = path + "/" + name
      var status = stat()
      guard lstat(file, &status) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        found += files(below: file, where: fits)
      } else if status.st_mode & S_IFMT == S_IFREG, fits(name) {
        found.append(file)
      }
    }
    return found
  }

  /// The paths of files in a folder alone whose names fit.
  static func files(in path: String, where fits: (String) -> Bool) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var found: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if fits(name) { found.append(path + "/" + name) }
    }
    return found
  }

  /// The reason for the last failed system call, in words.
  static var lastReason: String { String(cString: strerror(errno)) }
}
