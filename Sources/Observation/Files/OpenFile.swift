internal import CFiles
private import Foundation
internal import JSON
package import Posture

/// A plain file that is held open for reading.
package final class OpenFile: Sendable {
  /// The system's descriptor; it closes with this value.
  package let descriptor: Int32
  /// What faults call it.
  private let name: String
  /// How many bytes it had when it was opened; 0 too where the system does not know.
  private let size: Int

  /// - Parameter descriptor: Closed with the value, or now when it is no plain file.
  /// - Throws: ``Fault`` for a folder, a device, a pipe.
  init(descriptor: Int32, name: String) throws(Fault) {
    var (mode, owner, size): (UInt32, UInt32, Int64) = (0, 0, 0)
    guard plumb_status_and_size(descriptor, &mode, &owner, &size) == 0, mode & S_IFMT == S_IFREG
    else {
      close(descriptor)
      throw Fault(.failed, "\(name) is no plain file")
    }
    self.descriptor = descriptor
    self.name = name
    self.size = Int(size)
  }

  deinit { close(descriptor) }

  /// What tells the file from another, and from itself with other bytes; nil where it cannot be told.
  var stamp: FileStamp? {
    var values = FileStamp.Values(0, 0, 0, 0, 0)
    let status = withUnsafeMutableBytes(of: &values) {
      plumb_stamp(descriptor, $0.baseAddress?.assumingMemoryBound(to: Int64.self))
    }
    return status == 0 ? FileStamp(values) : nil
  }

  /// The whole content.
  ///
  /// - Parameter limit: Bytes that it may have at the most.
  package func contents(limit: Int) throws(Fault) -> [UInt8] {
    // Room for a byte more than it has: that none comes tells its end. One that is longer by now doubles the room, up to a byte
    // more than the limit, which tells that it is longer.
    var room = min(limit + 1, size > 0 ? size + 1 : 4_096)
    var bytes: [UInt8] = []
    // Most is JSON, which is parsed where it stands.
    bytes.reserveCapacity(room + JSONParser.padding)
    while true {
      let (missing, descriptor) = (room - bytes.count, descriptor)
      var got = 0
      bytes.append(addingCapacity: missing) { span in
        span.withUnsafeMutableBufferPointer { free, count in
          got = read(descriptor, free.baseAddress, missing)
          count = max(0, got)
        }
      }
      if got < 0 {
        if errno == EINTR { continue }
        throw Fault(.failed, "\(name) cannot be read")
      }
      guard bytes.count <= limit else {
        throw Fault(.tooLarge, "\(name) is larger than the limit of \(limit) bytes")
      }
      if got == 0 || (bytes.count == size && got < missing) { break }
      if bytes.count == room { room += min(room, limit + 1 - room) }
    }
    return bytes
  }
}
