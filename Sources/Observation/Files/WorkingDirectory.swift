private import Foundation
package import Posture

/// Files below one folder; a path that leads out of it, by `..` or by a symbolic link, is refused.
package struct WorkingDirectory: RepositoryFiles {
  private let root: String

  /// - Parameter root: The repository's root, absolute.
  package init(root: String) { self.root = root }

  package func location(of path: String) throws(ObservationFault) -> String? {
    let rootPath = try resolve(root, named: root)
    let resolved = try resolve(root + "/" + path, named: path)
    guard resolved == rootPath || resolved.hasPrefix(rootPath + "/") else {
      throw ObservationFault("\(path) leads out of the repository")
    }
    return resolved
  }

  package func contents(of path: String, limit: Int) throws(ObservationFault) -> [UInt8] {
    guard let location = try location(of: path) else { return [] }
    do {
      let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: location))
      defer { try? handle.close() }
      let data = try handle.read(upToCount: limit + 1) ?? Data()
      guard data.count <= limit else {
        throw ObservationFault("\(path) is larger than the limit of \(limit) bytes")
      }
      return Array(data)
    } catch let fault as ObservationFault {
      throw fault
    } catch {
      throw ObservationFault("\(path) cannot be read")
    }
  }

  package func names(in folder: String) throws(ObservationFault) -> [String]? {
    guard let location = try location(of: folder) else { return nil }
    return try? FileManager.default.contentsOfDirectory(atPath: location).sorted()
  }

  private func resolve(_ path: String, named name: String) throws(ObservationFault) -> String {
    guard let resolved = realpath(path, nil) else {
      throw ObservationFault(
        errno == ENOENT || errno == ENOTDIR
          ? "\(name) does not exist" : "\(name): \(String(cString: strerror(errno)))")
    }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
