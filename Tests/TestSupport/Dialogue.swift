private import Foundation

/// A program that is talked to while it runs.
package final class Dialogue {
  private let child: Child
  private let input = Pipe()
  private let output = Pipe()
  private let error = Pipe()
  /// What it has said to standard error so far.
  private var said = ""

  package init(
    _ program: String, _ arguments: [String], in directory: String, environment: [String: String]
  ) throws {
    let ends = [
      input.fileHandleForReading, output.fileHandleForWriting, error.fileHandleForWriting,
    ]
    child = try Child(
      program, arguments, in: directory, environment: environment,
      channels: (ends[0].fileDescriptor, ends[1].fileDescriptor, ends[2].fileDescriptor))
    for end in ends { try end.close() }
  }

  /// Reads standard error until it has what is looked for; all of it where it never comes.
  package func hear(_ pattern: Regex<(Substring, Substring)>) -> String? {
    while true {
      if let match = said.firstMatch(of: pattern) { return String(match.1) }
      let bytes = error.fileHandleForReading.next()
      if bytes.isEmpty { return nil }
      said += String(decoding: bytes, as: UTF8.self)
    }
  }

  package func say(_ line: String) throws {
    try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8))
  }

  package var isRunning: Bool { child.isRunning }

  /// Ends it at once, as `kill -9` does.
  package func kill() { child.signal(SIGKILL) }

  /// Says nothing more, and waits for the end.
  package func finish() throws -> (status: Int32, output: String, error: String) {
    try? input.fileHandleForWriting.close()
    func rest(of pipe: Pipe) throws -> String {
      String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    }
    said += try rest(of: error)
    let text = try rest(of: output)
    return (child.finish().status, text, said)
  }
}
