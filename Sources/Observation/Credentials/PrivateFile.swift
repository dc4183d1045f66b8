internal import CFiles
private import Foundation
internal import Posture

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

  /// The whole content.
  ///
  /// The file is opened once, so that the file that is checked is the one that is read. Links are
  /// the operator's, and are followed.
  package static func contents(_ path: String) throws(Refusal) -> [UInt8] {
    // A pipe must not hold the reader up before it is known for one.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == EACCES ? .unreadable : .unreachable(String(cString: strerror(errno)))
    }
    let file: OpenFile
    do throws(Fault) {
      file = try OpenFile(descriptor: descriptor, name: path)
    } catch {
      throw .notRegular
    }
    var (mode, owner): (UInt32, UInt32) = (0, 0)
    guard plumb_status(descriptor, &mode, &owner) == 0 else { throw .unreadable }
    guard mode & 0o077 == 0 else { throw .readableByOthers }
    do throws(Fault) {
      return try file.contents(limit: 1 << 20)
    } catch {
      throw .unreadable
    }
  }
}
