internal import Crypto
private import Foundation
package import Posture
internal import Text

/// One collection's lines on their way to disk: counted, digested, buffered.
package actor CollectionFile {
  /// What was written.
  package struct Content: Sendable, Hashable {
    /// Lines: one for each resource.
    package let count: Int
    /// SHA-256 of all bytes, in hexadecimal digits.
    package let sha256: String
  }

  private let path: String
  private let handle: FileHandle
  private var hash = SHA256()
  private var buffer: [UInt8] = []
  private(set) var count = 0

  /// Whether nothing was added.
  var isEmpty: Bool { count == 0 }

  private static let capacity = 1 << 18

  /// - Parameter name: The file's name in the folder, which nothing has yet.
  init(_ name: String, in folder: OwnFolder) throws(Fault) {
    path = "\(folder.path)/\(name)"
    handle = FileHandle(fileDescriptor: try folder.makeFile(name), closeOnDealloc: true)
  }

  /// Adds resources.
  package func append(_ lines: Lines) throws(Fault) {
    count += lines.count
    if buffer.count + lines.bytes.count > Self.capacity { try flush() }
    if lines.bytes.count > Self.capacity { return try write(lines.bytes) }
    buffer += lines.bytes
  }

  /// Writes what is left and makes sure that it is on disk.
  package func finish() async throws(Fault) -> Content {
    try flush()
    let (handle, path) = (handle, path)
    try await DiskThreads.run { () throws(Fault) in
      do {
        try handle.synchronize()
        try handle.close()
      } catch {
        throw Fault(.failed, "\(path) cannot be written")
      }
    }
    return Content(count: count, sha256: Hexadecimal.text(Array(hash.finalize())))
  }

  private func flush() throws(Fault) {
    guard !buffer.isEmpty else { return }
    try write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  private func write(_ bytes: [UInt8]) throws(Fault) {
    hash.update(data: bytes)
    do {
      try handle.write(contentsOf: bytes)
    } catch {
      throw Fault(.failed, "\(path) cannot be written: is the disk full?")
    }
  }
}
