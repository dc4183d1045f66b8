internal import CFiles
private import Foundation
internal import Posture
private import Synchronization

/// A file that holds secrets: a plain one that its owner alone may read.
package enum PrivateFile {
  /// Why the content is not taken. The caller says what that means, and what to do.
  package enum Refusal: Error, Hashable {
    /// The system's reason: there is none, for one.
    case unreachable(String)
    case notRegular
    case readableByOthers
    /// It may not be read, or is larger than 1 MiB.
    case unreadable
  }

  /// The most bytes that are read.
  static let limit = 1 << 20

  /// The whole content.
  ///
  /// The file is opened once, so that the file that is checked is the one that is read. Links are
  /// the operator's, and are followed.
  ///
  /// - Parameter acceptsPipe: Whether it may be a pipe, such as `<(sops -d …)` of a shell. It is read once, whoever
  ///   asks again.
  package static func contents(
    _ path: String, acceptsPipe: Bool = false
  ) throws(Refusal) -> [UInt8] {
    if acceptsPipe, let bytes = piped.withLock({ $0[path] }) { return bytes }
    // A pipe must not hold the reader up before it is known for one.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == EACCES ? .unreadable : .unreachable(String(cString: strerror(errno)))
    }
    var (mode, owner): (UInt32, UInt32) = (0, 0)
    if acceptsPipe, plumb_status(descriptor, &mode, &owner) == 0, mode & S_IFMT == S_IFIFO {
      close(descriptor)
      guard mode & 0o077 == 0 else { throw .readableByOthers }
      let bytes = try drained(path)
      piped.withLock { $0[path] = bytes }
      return bytes
    }
    let file: OpenFile
    do throws(Fault) {
      file = try OpenFile(descriptor: descriptor, name: path)
    } catch {
      throw .notRegular
    }
    guard plumb_status(descriptor, &mode, &owner) == 0 else { throw .unreadable }
    guard mode & 0o077 == 0 else { throw .readableByOthers }
    do throws(Fault) {
      return try file.contents(limit: limit)
    } catch {
      throw .unreadable
    }
  }

  /// What pipes gave: a second reader would find nothing.
  private static let piped = Mutex<[String: [UInt8]]>([:])

  /// Waits for whoever writes, as `cat` does.
  private static func drained(_ path: String) throws(Refusal) -> [UInt8] {
    guard let handle = FileHandle(forReadingAtPath: path) else { throw .unreadable }
    return try drained(handle.fileDescriptor)
  }

  /// What comes out of a pipe until its end.
  ///
  /// - Parameter descriptor: It stays open.
  package static func drained(_ descriptor: Int32) throws(Refusal) -> [UInt8] {
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
    var bytes: [UInt8] = []
    do {
      while let data = try handle.read(upToCount: 1 << 16), !data.isEmpty {
        bytes += data
        guard bytes.count <= limit else { throw Refusal.unreadable }
      }
    } catch {
      throw .unreadable
    }
    return bytes
  }
}
