private import Foundation

/// A program that works beside the test until the value is gone.
package final class Daemon {
  /// What it wrote first.
  package let firstLine: String
  private let child: Child
  private let reader: FileHandle

  /// - Parameter output: Whose first line says that it is ready: standard output (1) or error (2).
  package init(
    _ program: String, _ arguments: [String], output: Int = 1, environment: [String: String]
  ) throws {
    let pipe = Pipe()
    let writer = pipe.fileHandleForWriting.fileDescriptor
    child = try Child(
      program, arguments, environment: environment,
      channels: output == 1 ? (nil, writer, 2) : (nil, 1, writer))
    try pipe.fileHandleForWriting.close()
    reader = pipe.fileHandleForReading
    var said: [UInt8] = []
    while !said.contains(UInt8(ascii: "\n")) {
      let more = reader.next()
      if more.isEmpty { break }
      said += more
    }
    firstLine = String(decoding: said.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }

  deinit { child.stop() }

  /// Ends it at once.
  package func stop() { child.stop() }
}
