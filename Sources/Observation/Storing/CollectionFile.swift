internal import Crypto
private import Foundation
package import Posture
private import Synchronization
internal import Text

/// One collection's lines on their way to disk: counted, digested, buffered.
package final class CollectionFile: Sendable {
  /// What was written.
  package struct Content: Sendable, Hashable {
    /// Lines: one for each resource.
    package let count: Int
    /// SHA-256 of all bytes, in hexadecimal digits.
    package let sha256: String
  }

  private struct State {
    var hash = SHA256()
    var buffer: [UInt8] = []
    var count = 0
  }

  private let path: String
  private let handle: FileHandle
  private let state = Mutex(State())

  /// Whether nothing was added.
  var isEmpty: Bool { state.withLock { $0.count == 0 } }

  /// Bytes of small pieces that are gathered before they are written.
  private static let capacity = 1 << 16
  /// Bytes from which a piece is written as it comes: to gather it would copy it into a buffer that grows.
  private static let large = 1 << 12

  /// - Parameter name: The file's name in the folder, which nothing has yet.
  init(_ name: String, in folder: OwnFolder) throws(Fault) {
    path = "\(folder.path)/\(name)"
    handle = FileHandle(fileDescriptor: try folder.makeFile(name), closeOnDealloc: true)
  }

  /// Adds resources.
  package func append(_ lines: Lines) throws(Fault) {
    try state.withLock { state throws(Fault) in
      state.count += lines.count
      guard lines.bytes.count < Self.large else {
        try flush(&state)
        return try write(lines.bytes, &state.hash)
      }
      state.buffer += lines.bytes
      if state.buffer.count > Self.capacity { try flush(&state) }
    }
  }

  /// Writes what is left and makes sure that it is on disk.
  package func finish() async throws(Fault) -> Content {
    let content = try state.withLock { state throws(Fault) in
      try flush(&state)
      return Content(count: state.count, sha256: Hexadecimal.text(Array(state.hash.finalize())))
    }
    let (handle, path) = (handle, path)
    try await DiskThreads.run { () throws(Fault) in
      do {
        try handle.synchronize()
        try handle.close()
      } catch {
        throw Fault(.failed, "\(path) cannot be written")
      }
    }
    return content
  }

  private func flush(_ state: inout State) throws(Fault) {
    guard !state.buffer.isEmpty else { return }
    try write(state.buffer, &state.hash)
    state.buffer.removeAll(keepingCapacity: true)
  }

  private func write(_ bytes: [UInt8], _ hash: inout SHA256) throws(Fault) {
    hash.update(data: bytes)
    do {
      try handle.write(contentsOf: bytes)
    } catch {
      throw Fault(.failed, "\(path) cannot be written: is the disk full?")
    }
  }
}
